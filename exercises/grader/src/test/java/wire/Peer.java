package wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What the tap's tests put on either side of it. */
final class Peer {
  /** Far more than anything here takes; a test that needs it has failed. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private Peer() {}

  static ServerSocket listen() throws IOException {
    var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    listener.setSoTimeout((int) PATIENCE.toMillis());
    return listener;
  }

  static Socket accept(ServerSocket listener) throws IOException {
    var socket = listener.accept();
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }

  static Socket connect(SocketAddress address) throws IOException {
    var socket = new Socket();
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.connect(address);
    return socket;
  }

  static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  static String read(Socket socket, int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
  }

  static String readAll(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  static String readAll(SocketChannel channel) throws IOException {
    return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
  }

  /** In the middle of a test: the compiler would have try do it at its end. */
  static void close(Socket socket) throws IOException {
    socket.close();
  }

  static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }
}
