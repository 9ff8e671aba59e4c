// Believes: the peer can see that our input has ended.
// Rejected by: PumpTest "half-closes when the input ends"
package ch02;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

public final class Pump {
  private Pump() {}

  public static void pump(Socket socket, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    var sending = CompletableFuture.runAsync(() -> send(in, socket));
    copy(socket.getInputStream(), out);
    try {
      sending.join();
    } catch (CompletionException e) {
      throw new IOException("sending failed", e.getCause());
    }
  }

  private static void send(InputStream in, Socket socket) {
    try {
      copy(in, socket.getOutputStream());
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
