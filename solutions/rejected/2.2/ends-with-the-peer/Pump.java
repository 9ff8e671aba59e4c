// Believes: when the peer has said all, the conversation is over.
// Rejected by: PumpTest "goes on talking when the peer has ended"
package ch02;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;

public final class Pump {
  private Pump() {}

  public static void pump(Socket socket, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    var sending = CompletableFuture.runAsync(() -> send(in, socket));
    copy(socket.getInputStream(), out);
    if (sending.isCompletedExceptionally()) throw new IOException("sending failed");
  }

  private static void send(InputStream in, Socket socket) {
    try {
      copy(in, socket.getOutputStream());
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(InputStream from, OutputStream to) throws IOException {
    var buffer = new byte[8192];
    int count;
    while ((count = from.read(buffer)) != -1) {
      to.write(buffer, 0, count);
      to.flush();
    }
  }
}
