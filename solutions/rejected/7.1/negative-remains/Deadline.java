// Believes: a read that came back in time leaves some of it.
// Rejected by: DeadlineTest "is exact in the last millisecond"
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
    int before = client.getSoTimeout();
    var end = nanoTime.getAsLong() + limit.toNanos();
    try {
      var in = client.getInputStream();
      var head = new ByteArrayOutputStream();
      for (int lastFour = 0; lastFour != 0x0D0A0D0A; ) {
        // Rounded up, so that it is never 0.
        client.setSoTimeout((int) Math.ceilDiv(end - nanoTime.getAsLong() + 1, 1_000_000L));
        int next = in.read();
        if (next < 0) throw new EOFException("the client is gone");
        if (head.size() == MAX_BYTES) throw new HeadTooLong();
        head.write(next);
        lastFour = (lastFour << 8) + next;
      }
      client.setSoTimeout(before);
      return head.toByteArray();
    } catch (SocketTimeoutException slow) {
      client.close();
      throw slow;
    }
  }

  public static final class HeadTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public HeadTooLong() {
      super("request head over " + MAX_BYTES + " bytes");
    }
  }
}
