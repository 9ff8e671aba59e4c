// Believes: first comes the question, then the answer.
// Rejected by: PumpTest "listens while it talks"
package ch02;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

public final class Pump {
  private Pump() {}

  public static void pump(Socket socket, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    copy(in, socket.getOutputStream());
    socket.shutdownOutput();
    copy(socket.getInputStream(), out);
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
