// Believes: setSoTimeout limits how long the reading takes.
// Rejected by: RefusalTest "drains so long and no longer"
package ch07;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;

public final class Refusal {
  private Refusal() {}

  public static void refuse(
      Socket client, byte[] reply, long mostBytes, Duration patience, LongSupplier nanoTime)
      throws IOException {
    try (client) {
      client.getOutputStream().write(reply);
      try {
        client.shutdownOutput();
        client.setSoTimeout((int) patience.toMillis());
        var in = client.getInputStream();
        var buffer = new byte[8192];
        long drained = 0;
        while (drained < mostBytes) {
          int count = in.read(buffer, 0, (int) Math.min(buffer.length, mostBytes - drained));
          if (count == -1) break;
          drained += count;
        }
      } catch (SocketTimeoutException | SocketException e) {
        return;
      }
    }
  }
}
