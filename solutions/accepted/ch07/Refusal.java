package ch07;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Exercise 7.2: refuse politely. */
public final class Refusal {
  private static final int CHUNK_BYTES = 8 * 1024;

  private Refusal() {}

  public static void refuse(
      Socket client, byte[] reply, long mostBytes, Duration patience, LongSupplier nanoTime)
      throws IOException {
    try (client) {
      client.getOutputStream().write(reply);
      try {
        client.shutdownOutput(); // a client that reads to the end now has it
        drain(client, mostBytes, nanoTime.getAsLong() + patience.toNanos(), nanoTime);
      } catch (IOException gone) {
        // Reset, or out of patience: the reply is sent, and more we do not owe.
      }
    }
  }

  private static void drain(Socket client, long mostBytes, long deadline, LongSupplier nanoTime)
      throws IOException {
    var in = client.getInputStream();
    var chunk = new byte[CHUNK_BYTES];
    for (long room = mostBytes; room > 0; ) {
      long millis = Duration.ofNanos(deadline - nanoTime.getAsLong()).toMillis();
      if (millis <= 0) return; // setSoTimeout(0) would wait for ever
      // A client that sends a byte now and then gets no new patience for it.
      client.setSoTimeout(Math.toIntExact(millis));
      int count = in.read(chunk, 0, (int) Math.min(room, chunk.length));
      if (count < 0) return;
      room -= count;
    }
  }
}
