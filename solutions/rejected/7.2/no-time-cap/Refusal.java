// Believes: a client that has been refused soon leaves.
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
      try {
        client.shutdownOutput();
        client.getInputStream().skipNBytes(mostBytes);
      } catch (IOException e) {
        // end of stream or reset: either way the client has gone
      }
    }
  }
}
