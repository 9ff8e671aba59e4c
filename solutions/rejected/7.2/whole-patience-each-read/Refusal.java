// Believes: a deadline that is looked at between reads holds for the reads as well.
// Rejected by: RefusalTest "drains so long and no longer"
package ch07;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.function.LongSupplier;

public final class Refusal {
  private Refusal() {}

  public static void refuse(
      Socket client, byte[] reply, long mostBytes, Duration patience, LongSupplier nanoTime)
      throws IOException {
    try (client) {
      client.getOutputStream().write(reply);
      long start = nanoTime.getAsLong();
      try {
        client.shutdownOutput();
        client.setSoTimeout((int) patience.toMillis());
        var in = client.getInputStream();
        var buffer = new byte[8192];
        long left = mostBytes;
        while (left > 0 && nanoTime.getAsLong() - start < patience.toNanos()) {
          int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
          if (count == -1) return;
          left -= count;
        }
      } catch (IOException e) {
        // too slow, or gone
      }
    }
  }
}
