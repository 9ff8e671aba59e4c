// Believes: an interrupt wakes whatever blocks.
// Rejected by: DeadlineTest "gives up on a silent client"
package ch07;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
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
    var reader = Thread.currentThread();
    var alarm = timer.schedule(reader::interrupt, limit.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return readHead(client.getInputStream());
    } catch (IOException lost) {
      if (!Thread.interrupted()) throw lost;
      client.close();
      throw new SocketTimeoutException("interrupted at the limit");
    } finally {
      alarm.cancel(true);
    }
  }

  private static byte[] readHead(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) throw new EOFException("the client is gone");
      if (head.size() == MAX_BYTES) throw new HeadTooLong();
      head.write(next);
    }
    return head.toByteArray();
  }

  public static final class HeadTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public HeadTooLong() {
      super("request head over " + MAX_BYTES + " bytes");
    }
  }
}
