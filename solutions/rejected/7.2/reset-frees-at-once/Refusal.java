// Believes: after the reply the client needs nothing more, and a reset frees the socket at once.
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
      client.setSoLinger(true, 0);
    }
  }
}
