package ch04;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import javax.net.SocketFactory;

/**
 * Exercise 4.2: who is connected?
 *
 * <p>The help desk of the town library chats with one reader at a time. It accepts nobody
 * meanwhile; whoever calls is connected by the kernel all the same and waits in the accept queue
 * (listen(2)). When the queue is full, Linux drops the SYN of the next caller, who hears nothing.
 *
 * <pre>
 *   caller 1 ─── connected, waits ┐
 *   caller 2 ─── connected, waits ├─ the accept queue      help desk: busy
 *   caller 3 ─── connected, waits ┘
 *   caller 4 ──▶ SYN ──▶ SYN ──▶ … no answer
 * </pre>
 *
 * <p>How many can wait? The desk asked for a number when it called listen, and the kernel made
 * another one of it. So call, count who is connected, and hang up.
 */
public final class WaitingLine {
  private WaitingLine() {}

  /**
   * When to stop calling.
   *
   * @param timeout for each connect, one millisecond or more
   * @param misses so many connects in a row that time out mean that the line is full, 1 or more. A
   *     single one may have another cause: a SYN can get lost on its way
   * @param most how many callers at the most, 1 or more
   */
  public record Limits(Duration timeout, int misses, int most) {}

  /**
   * Counts how many callers can be connected at the same time. It calls one by one, and they all
   * stay on the line until the count is over. Nothing is said on these connections. The only wait
   * is the one in connect.
   *
   * @param listener whose owner accepts nobody while this runs
   * @param sockets makes unconnected sockets with {@link SocketFactory#createSocket()}, a new one
   *     for each call
   * @return how many were connected: all that the listener holds, or {@link Limits#most} if it
   *     holds so many or more. Every socket is closed by then
   * @throws IOException if a connect fails in any other way than by its timeout: refused, say,
   *     since nobody listens there. Every socket is closed then as well
   */
  public static int capacity(InetSocketAddress listener, Limits limits, SocketFactory sockets)
      throws IOException {
    // TODO: call until the line is full.
    throw new UnsupportedOperationException("TODO: exercise 4.2");
  }
}
