package ch07;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/**
 * Exercise 7.1: a deadline for a whole request.
 *
 * <p>The library's catalog is slow on some days. Nothing is broken: a few clients send their
 * request one byte at a time, and each of them keeps a thread. From today on a client has two
 * seconds for the head of its request, whatever it does with them.
 *
 * <pre>
 *   0.0 s   1.0 s   2.0 s
 *   ├───────┼───────┤
 *   head                    in time
 *   h  e  a  d              in time: the pauses are its own affair
 *   h   e   a   d           out of time, though every pause is short
 *                           out of time
 * </pre>
 *
 * <p>Time comes in as a parameter, twice, and one of the two is enough: a clock for those who give
 * each read what is left, a timer for those who have the socket closed. In the server they are
 * {@code System::nanoTime} and one timer for all connections. In the checks an hour takes no time.
 */
public final class Deadline {
  /** No head is longer, its blank line included. */
  public static final int MAX_BYTES = 8 * 1024;

  private Deadline() {}

  /**
   * Takes the head of a request off the socket, and not one byte of what follows it.
   *
   * <p>After a return the conversation goes on: the socket is open, its soTimeout is what it was
   * before, and nothing that was set up for the deadline is left, no thread and no task.
   *
   * @param client a connection that was accepted a moment ago; it may have a soTimeout
   * @param limit how long the client has, from this call to the last byte of the head
   * @param nanoTime the time in nanoseconds, counted from anywhere, as {@link System#nanoTime}
   * @param timer runs what it is asked to run; shared with all connections, and not ours to shut
   *     down
   * @return the head with its blank line: the bytes up to the first CR LF CR LF
   * @throws java.net.SocketTimeoutException at the limit, a millisecond more or less, if the head
   *     is not complete. The socket is closed then
   * @throws java.io.EOFException if the stream ends within the head
   * @throws HeadTooLong if the head does not end within {@link #MAX_BYTES} bytes
   * @throws IOException if the connection is lost
   */
  public static byte[] readHead(
      Socket client, Duration limit, LongSupplier nanoTime, ScheduledExecutorService timer)
      throws IOException {
    // TODO: read until the head is complete or the time is up.
    throw new UnsupportedOperationException("TODO: exercise 7.1");
  }

  /** A client sent more head than we are ready to keep. */
  public static final class HeadTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public HeadTooLong() {
      super("request head over " + MAX_BYTES + " bytes");
    }
  }
}
