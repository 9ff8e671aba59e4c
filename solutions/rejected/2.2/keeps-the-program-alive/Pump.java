// Believes: a thread that nobody waits for keeps nobody waiting.
// Rejected by: PumpTest "lets the program end after a reset"
package ch02;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

public final class Pump {
  private Pump() {}

  public static void pump(Socket socket, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    var sending =
        new FutureTask<Void>(() -> {
          copy(in, socket.getOutputStream());
          socket.shutdownOutput();
          return null;
        });
    new Thread(sending, "sender").start();
    copy(socket.getInputStream(), out);
    try {
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
