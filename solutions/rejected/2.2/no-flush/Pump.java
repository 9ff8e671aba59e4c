// Believes: what is written is on its way.
// Rejected by: PumpTest "shows every piece at once"
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
    socket.getInputStream().transferTo(out);
    out.flush();
    try {
      sending.join();
    } catch (CompletionException e) {
      throw new IOException("sending failed", e.getCause());
    }
  }

  private static void send(InputStream in, Socket socket) {
    try {
      in.transferTo(socket.getOutputStream());
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
