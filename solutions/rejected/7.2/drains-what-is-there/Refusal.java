// Believes: available() tells what the client still has to send.
// Rejected by: RefusalTest "delivers the reply to a client that still sends"
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
      client.shutdownOutput();
      try {
        var in = client.getInputStream();
        long end = nanoTime.getAsLong() + patience.toNanos();
        long drained = 0;
        while (in.available() > 0 && drained < mostBytes && end - nanoTime.getAsLong() > 0) {
          drained += in.skip(Math.min(in.available(), mostBytes - drained));
        }
      } catch (IOException e) {
        // reply is out
      }
    }
  }
}
