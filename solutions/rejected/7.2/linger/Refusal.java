// Believes: SO_LINGER makes close() wait until the reply has arrived.
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
    try {
      client.setSoLinger(true, (int) Math.max(1, patience.toSeconds()));
      client.getOutputStream().write(reply);
      client.shutdownOutput();
    } finally {
      client.close();
    }
  }
}
