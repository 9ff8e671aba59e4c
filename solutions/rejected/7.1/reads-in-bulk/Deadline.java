// Believes: what follows the head can be cut off, and so it is left in the stream.
// Rejected by: DeadlineTest "leaves the connection as it found it"
package ch07;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

public final class Deadline {
  public static final int MAX_BYTES = 8 * 1024;

  private Deadline() {}

  public static byte[] readHead(
      Socket client, Duration limit, LongSupplier nanoTime, ScheduledExecutorService timer)
      throws IOException {
    long deadline = nanoTime.getAsLong() + limit.toNanos();
    int timeoutBefore = client.getSoTimeout();
    var taken = new ByteArrayOutputStream();
    var buffer = new byte[1024];
    while (true) {
      long left = (deadline - nanoTime.getAsLong()) / 1_000_000;
      if (left <= 0) {
        client.close();
        throw new SocketTimeoutException("no head in time");
      }
      client.setSoTimeout((int) left);
      int count;
      try {
        count = client.getInputStream().read(buffer);
      } catch (SocketTimeoutException slow) {
        client.close();
        throw slow;
      }
      if (count < 0) throw new EOFException("the client is gone");
      taken.write(buffer, 0, count);
      int end = taken.toString(StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
      if (end + 4 > MAX_BYTES || end < 0 && taken.size() > MAX_BYTES) throw new HeadTooLong();
      if (end >= 0) {
        client.setSoTimeout(timeoutBefore);
        return Arrays.copyOf(taken.toByteArray(), end + 4);
      }
    }
  }

  public static final class HeadTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public HeadTooLong() {
      super("request head over " + MAX_BYTES + " bytes");
    }
  }
}
