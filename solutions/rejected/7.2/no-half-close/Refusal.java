// Believes: a reply with a Content-Length needs no other end.
// Rejected by: RefusalTest "says that the reply is all"
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
        var in = client.getInputStream();
        var buffer = new byte[8192];
        long left = mostBytes;
        while (left > 0) {
          int millis = (int) ((deadline - nanoTime.getAsLong()) / 1_000_000);
          if (millis <= 0) break;
          client.setSoTimeout(millis);
          int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
          if (count < 0) break;
          left -= count;
        }
      } catch (IOException e) {
        // the client has left
      }
    }
  }
}
