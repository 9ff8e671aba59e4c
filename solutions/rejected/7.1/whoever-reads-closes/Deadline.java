// Believes: whoever reads from a socket closes it when he is done.
// Rejected by: DeadlineTest "leaves the connection as it found it"
package ch07;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

public final class Deadline {
  public static final int MAX_BYTES = 8 * 1024;

  private Deadline() {}

  public static byte[] readHead(
      Socket client, Duration limit, LongSupplier nanoTime, ScheduledExecutorService timer)
      throws IOException {
    long deadline = nanoTime.getAsLong() + limit.toNanos();
    try (client;
        var in = client.getInputStream()) {
      var head = new ByteArrayOutputStream();
      int lastFour = 0;
      while (lastFour != 0x0D0A0D0A) {
        long left = (deadline - nanoTime.getAsLong()) / 1_000_000;
        if (left <= 0) throw new SocketTimeoutException("out of time");
        client.setSoTimeout((int) left);
        int next = in.read();
        if (next < 0) throw new EOFException("the client is gone");
        if (head.size() == MAX_BYTES) throw new HeadTooLong();
        head.write(next);
        lastFour = (lastFour << 8) + next;
      }
      return head.toByteArray();
    }
  }

  public static final class HeadTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public HeadTooLong() {
      super("request head over " + MAX_BYTES + " bytes");
    }
  }
}
