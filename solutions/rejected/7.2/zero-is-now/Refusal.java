// Believes: setSoTimeout(0) is the shortest timeout there is.
// Rejected by: RefusalTest "drains so long and no longer"
package ch07;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

public final class Refusal {
  private Refusal() {}

  public static void refuse(
      Socket client, byte[] reply, long mostBytes, Duration patience, LongSupplier nanoTime)
      throws IOException {
    try (client) {
      client.getOutputStream().write(reply);
      long deadline = nanoTime.getAsLong() + patience.toNanos();
      try {
        client.shutdownOutput();
        var in = client.getInputStream();
        var buffer = new byte[8192];
        long left = mostBytes;
        long nanos;
        while (left > 0 && (nanos = deadline - nanoTime.getAsLong()) > 0) {
          client.setSoTimeout((int) TimeUnit.NANOSECONDS.toMillis(nanos));
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
