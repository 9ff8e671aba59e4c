// Believes: a loop that looks at a flag ends when the flag is set.
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

public final class Deadline {
  public static final int MAX_BYTES = 8 * 1024;

  private Deadline() {}

  public static byte[] readHead(
      Socket client, Duration limit, LongSupplier nanoTime, ScheduledExecutorService timer)
      throws IOException {
    var outOfTime = new AtomicBoolean();
    var alarm = timer.schedule(() -> outOfTime.set(true), limit.toNanos(), TimeUnit.NANOSECONDS);
    var head = new ByteArrayOutputStream();
    try {
      var in = client.getInputStream();
      while (!isWhole(head)) {
        if (outOfTime.get()) {
          client.close();
          throw new SocketTimeoutException("out of time");
        }
        int next = in.read();
        if (next < 0) throw new EOFException("the client is gone");
        if (head.size() == MAX_BYTES) throw new HeadTooLong();
        head.write(next);
      }
      return head.toByteArray();
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
