// Believes: a timeout of 0 ms is over at once.
// Rejected by: DeadlineTest "is exact in the last millisecond"
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

  private Deadline() {}

  public static byte[] readHead(
      Socket client, Duration limit, LongSupplier nanoTime, ScheduledExecutorService timer)
      throws IOException {
    long deadline = nanoTime.getAsLong() + limit.toNanos();
    int before = client.getSoTimeout();
    try {
      var head = new ByteArrayOutputStream();
      while (!isWhole(head)) {
        var left = Duration.ofNanos(Math.max(0, deadline - nanoTime.getAsLong()));
        client.setSoTimeout((int) left.toMillis());
        int next = client.getInputStream().read();
        if (next < 0) throw new EOFException("the client is gone");
        if (head.size() == MAX_BYTES) throw new HeadTooLong();
        head.write(next);
      }
      client.setSoTimeout(before);
      return head.toByteArray();
    } catch (SocketTimeoutException slow) {
      client.close();
      throw slow;
    }
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
