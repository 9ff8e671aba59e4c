// Believes: a deadline is limit enough.
// Rejected by: RefusalTest "drains so many bytes and no more"
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
      long deadline = nanoTime.getAsLong() + patience.toNanos();
      try {
        client.shutdownOutput();
        var in = client.getInputStream();
        var buffer = new byte[8192];
        int count;
        do {
          int millis = (int) ((deadline - nanoTime.getAsLong()) / 1_000_000);
          if (millis <= 0) return;
          client.setSoTimeout(millis);
          count = in.read(buffer);
        } while (count != -1);
      } catch (IOException ignored) {
        // client gone, reply sent
      }
    }
  }
}
