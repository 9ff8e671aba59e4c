// Believes: an exception in a thread is that thread's affair.
// Rejected by: PumpTest "reports a reset, whichever direction meets it"
package ch02;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

public final class Pump {
  private Pump() {}

  public static void pump(Socket socket, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    var sender =
        Thread.startVirtualThread(() -> {
          try {
            copy(in, socket.getOutputStream());
            socket.shutdownOutput();
          } catch (IOException e) {
            // connection closed, nothing more to send
          }
        });
    copy(socket.getInputStream(), out);
    sender.join();
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
