package ch07;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/** Exercise 7.1: a deadline for a whole request. */
public final class Deadline {
  public static final int MAX_BYTES = 8 * 1024;

  private static final int BLANK_LINE = 0x0D0A_0D0A;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private Deadline() {}

  public static byte[] readHead(
      Socket client, Duration limit, LongSupplier nanoTime, ScheduledExecutorService timer)
      throws IOException {
    long deadline = nanoTime.getAsLong() + limit.toNanos(); // once: no byte moves it
    int callersTimeout = client.getSoTimeout();
    try {
      var in = client.getInputStream();
      var head = new ByteArrayOutputStream();
      for (int lastFour = 0; lastFour != BLANK_LINE; ) {
        client.setSoTimeout(millisLeft(deadline, nanoTime));
        int next = in.read(); // one at a time, since what follows the head is not ours
        if (next < 0) throw new EOFException("the client closed within the head");
        if (head.size() == MAX_BYTES) throw new HeadTooLong();
        head.write(next);
        lastFour = lastFour << 8 | next;
      }
      client.setSoTimeout(callersTimeout);
      return head.toByteArray();
    } catch (SocketTimeoutException outOfTime) {
      client.close();
      throw outOfTime;
    }
  }

  /** From 1: to setSoTimeout a 0 means for ever. */
  private static int millisLeft(long deadline, LongSupplier nanoTime)
      throws SocketTimeoutException {
    long millis = (deadline - nanoTime.getAsLong()) / NANOS_PER_MILLI;
    if (millis <= 0) throw new SocketTimeoutException("the client's time is up");
    return (int) Math.min(millis, Integer.MAX_VALUE);
  }

  public static final class HeadTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public HeadTooLong() {
      super("request head over " + MAX_BYTES + " bytes");
    }
  }
}
