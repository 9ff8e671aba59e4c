// Believes: in two seconds nobody can send too much.
// Rejected by: DeadlineTest "bounds the bytes as well"
package ch07;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

public final class Deadline {
  public static final int MAX_BYTES = 8 * 1024;

  private Deadline() {}

  public static byte[] readHead(
      Socket client, Duration limit, LongSupplier nanoTime, ScheduledExecutorService timer)
      throws IOException {
    var alarm =
        timer.schedule(
            () -> {
              client.close();
              return null;
            },
            limit.toNanos(),
            TimeUnit.NANOSECONDS);
    try {
      var in = client.getInputStream();
      var head = new ByteArrayOutputStream();
      while (!isWhole(head)) {
        int next = in.read();
        if (next < 0) throw new EOFException("the client is gone");
        head.write(next);
      }
      return head.toByteArray();
    } catch (SocketException lost) {
      if (alarm.isDone()) throw new SocketTimeoutException("out of time");
      throw lost;
    } finally {
      alarm.cancel(false);
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
