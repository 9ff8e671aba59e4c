// Believes: a thread that sleeps costs nothing.
// Rejected by: DeadlineTest "leaves the connection as it found it"
package ch07;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

public final class Deadline {
  public static final int MAX_BYTES = 8 * 1024;

  private Deadline() {}

  public static byte[] readHead(
      Socket client, Duration limit, LongSupplier nanoTime, ScheduledExecutorService timer)
      throws IOException {
    var done = new AtomicBoolean();
    var outOfTime = new AtomicBoolean();
    var watchdog =
        new Thread(
            () -> {
              try {
                Thread.sleep(limit);
                if (done.get()) return;
                outOfTime.set(true);
                client.close();
              } catch (InterruptedException | IOException over) {
                Thread.currentThread().interrupt();
              }
            },
            "watchdog");
    watchdog.setDaemon(true);
    watchdog.start();
    try {
      return readHead(client.getInputStream());
    } catch (SocketException closed) {
      if (outOfTime.get()) throw new SocketTimeoutException("out of time");
      throw closed;
    } finally {
      done.set(true);
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
