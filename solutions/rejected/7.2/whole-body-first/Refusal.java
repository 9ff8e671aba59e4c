// Believes: a server answers when it has read the request, all of it.
// Rejected by: RefusalTest "answers before it listens"
package ch07;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.function.LongSupplier;

public final class Refusal {
  private Refusal() {}

  public static void refuse(
      Socket client, byte[] reply, long mostBytes, Duration patience, LongSupplier nanoTime)
      throws IOException {
    try (client) {
      skipBody(client, mostBytes, nanoTime.getAsLong() + patience.toNanos(), nanoTime);
      client.getOutputStream().write(reply);
      client.shutdownOutput();
    }
  }

  private static void skipBody(Socket client, long most, long deadline, LongSupplier nanoTime)
      throws IOException {
    InputStream in = client.getInputStream();
    byte[] buffer = new byte[4096];
    while (most > 0) {
      long left = (deadline - nanoTime.getAsLong()) / 1_000_000;
      if (left < 1) break;
      client.setSoTimeout((int) left);
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, most));
      if (count == -1) break;
      most -= count;
    }
  }
}
