// Believes: an exception ends the conversation.
// Rejected by: DeadlineTest "hangs up on a client that is out of time"
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
    final long deadline = nanoTime.getAsLong() + limit.toNanos();
    final int before = client.getSoTimeout();
    var head = new ByteArrayOutputStream();
    while (!isWhole(head)) {
      long left = (deadline - nanoTime.getAsLong()) / 1_000_000;
      if (left <= 0) throw new SocketTimeoutException("the time for the head is up");
      client.setSoTimeout((int) left);
      int next = client.getInputStream().read();
      if (next < 0) throw new EOFException("the client is gone");
      if (head.size() == MAX_BYTES) throw new HeadTooLong();
      head.write(next);
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
