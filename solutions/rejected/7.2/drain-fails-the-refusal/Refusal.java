// Believes: an exception in the drain is an exception of the refusal.
// Rejected by: RefusalTest "tells a lost reply from a client that leaves"
package ch07;

import java.io.IOException;
import java.net.Socket;
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
      client.shutdownOutput();
      var in = client.getInputStream();
      var buffer = new byte[8192];
      long deadline = nanoTime.getAsLong() + patience.toNanos();
      for (long left = mostBytes; left > 0; ) {
        int millis = (int) ((deadline - nanoTime.getAsLong()) / 1_000_000);
        if (millis <= 0) return;
        client.setSoTimeout(millis);
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count == -1) return;
        left -= count;
      }
    } catch (SocketTimeoutException e) {
      // patience is used up
    }
  }
}
