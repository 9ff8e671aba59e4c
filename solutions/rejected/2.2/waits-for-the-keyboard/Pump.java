// Believes: an executor in a try block ends its threads when it is closed.
// Rejected by: PumpTest "reports a reset, whichever direction meets it"
package ch02;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

public final class Pump {
  private Pump() {}

  public static void pump(Socket socket, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    try (var directions = Executors.newVirtualThreadPerTaskExecutor()) {
      var sending =
          directions.submit(() -> {
            copy(in, socket.getOutputStream());
            socket.shutdownOutput();
            return null;
          });
      copy(socket.getInputStream(), out);
      sending.get();
    } catch (ExecutionException e) {
      throw new IOException("sending failed", e.getCause());
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
