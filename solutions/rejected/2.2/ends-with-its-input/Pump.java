// Believes: when the input ends, the conversation is over.
// Rejected by: PumpTest "half-closes when the input ends"
package ch02;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

public final class Pump {
  private Pump() {}

  public static void pump(Socket socket, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    var listener =
        Thread.startVirtualThread(() -> {
          try {
            copy(socket.getInputStream(), out);
          } catch (IOException e) {
            System.err.println("connection lost: " + e.getMessage());
          }
        });
    copy(in, socket.getOutputStream());
    socket.shutdownOutput();
    if (!listener.isAlive()) out.flush();
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
