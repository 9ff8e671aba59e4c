import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;

/** A test's end of a connection: says bytes and hears bytes, and never waits for ever. */
record Wire(Socket socket) implements AutoCloseable {

  static Wire call(int port) throws IOException {
    var socket = new Socket();
    return connected(socket, port);
  }

  /** A caller whose kernel keeps but a little of what it does not read. */
  static Wire callWithSmallBuffer(int port) throws IOException {
    return callWithBuffer(port, 1024);
  }

  static Wire callWithBuffer(int port, int bytes) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(bytes);
    return connected(socket, port);
  }

  private static Wire connected(Socket socket, int port) throws IOException {
    var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    socket.connect(server, millis());
    return ready(socket);
  }

  static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  static Wire accept(ServerSocket listener) throws IOException {
    listener.setSoTimeout(millis());
    return ready(listener.accept());
  }

  private static Wire ready(Socket socket) throws SocketException {
    socket.setTcpNoDelay(true); // what is said in two pieces leaves in two
    socket.setSoTimeout(millis());
    return new Wire(socket);
  }

  private static int millis() {
    return (int) Child.PATIENCE.toMillis();
  }

  int port() {
    return socket.getLocalPort();
  }

  int peerPort() {
    return socket.getPort();
  }

  /** Ends when the kernel has taken all; fails if that takes longer than anybody would wait. */
  Wire say(byte... bytes) throws IOException {
    assertTimeoutPreemptively(Child.PATIENCE, () -> socket.getOutputStream().write(bytes));
    return this;
  }

  byte[] hear(int count) throws IOException {
    return socket.getInputStream().readNBytes(count);
  }

  /** Everything until the other side closes. */
  byte[] hearAll() throws IOException {
    return socket.getInputStream().readAllBytes();
  }

  /**
   * The same, and then a reset, which nobody notices who has closed. It leaves no TIME_WAIT behind:
   * thousands of those slow down whoever reads /proc/net.
   */
  byte[] hearAllAndReset() throws IOException {
    var heard = hearAll();
    reset();
    return heard;
  }

  /** Everything until the other side closes or resets: what came before a reset came. */
  byte[] hearAllOrReset() throws IOException {
    var heard = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(heard);
    } catch (SocketException reset) {
      return heard.toByteArray();
    }
    return heard.toByteArray();
  }

  int available() throws IOException {
    return socket.getInputStream().available();
  }

  /** Half-close: we have said all, and still listen. */
  Wire finish() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
