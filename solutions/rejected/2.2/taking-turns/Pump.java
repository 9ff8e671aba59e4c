// Believes: each question has one answer, and each answer comes in one read().
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
    var toPeer = socket.getOutputStream();
    var fromPeer = socket.getInputStream();
    var buffer = new byte[8192];
    int count;
    while ((count = in.read(buffer)) != -1) {
      toPeer.write(buffer, 0, count);
      count = fromPeer.read(buffer);
      if (count == -1) break;
      out.write(buffer, 0, count);
      out.flush();
    }
    socket.shutdownOutput();
    while ((count = fromPeer.read(buffer)) != -1) {
      out.write(buffer, 0, count);
      out.flush();
    }
  }
}
