// Believes: a client that pauses for a second has no good intentions.
// Rejected by: DeadlineTest "returns a head that comes in time"
package ch07;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

public final class Deadline {
  public static final int MAX_BYTES = 8 * 1024;
  private static final long PAUSE_MILLIS = 1_000;

  private Deadline() {}

  public static byte[] readHead(
      Socket client, Duration limit, LongSupplier nanoTime, ScheduledExecutorService timer)
      throws IOException {
    int before = client.getSoTimeout();
    long end = nanoTime.getAsLong() + limit.toNanos();
    var head = new ByteArrayOutputStream();
    try {
      while (!isWhole(head)) {
        long left = (end - nanoTime.getAsLong()) / 1_000_000;
        if (left < 1) throw new SocketTimeoutException("too slow");
        client.setSoTimeout((int) Math.min(left, PAUSE_MILLIS));
        int next = client.getInputStream().read();
        if (next < 0) throw new EOFException("the client is gone");
        if (head.size() == MAX_BYTES) throw new HeadTooLong();
        head.write(next);
      }
    } catch (SocketTimeoutException slow) {
      client.close();
      throw slow;
    }
    client.setSoTimeout(before);
    return head.toByteArray();
  }

  private static boolean isWhole(ByteArrayOutputStream head) {
    return head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n");
  }

  public static final class HeadTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public HeadTooLong() {
      super("request head over " + MAX_BYTES + " bytes");
    }
  }
}
