// Believes: it is enough to look at the clock after each byte.
// Rejected by: DeadlineTest "gives up on a silent client"
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
    long start = nanoTime.getAsLong();
    var in = client.getInputStream();
    var head = new ByteArrayOutputStream();
    while (!isWhole(head)) {
      int next = in.read();
      if (next < 0) throw new EOFException("the client is gone");
      if (nanoTime.getAsLong() - start > limit.toNanos()) {
        client.close();
        throw new SocketTimeoutException("took longer than " + limit);
      }
      if (head.size() == MAX_BYTES) throw new HeadTooLong();
      head.write(next);
    }
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
