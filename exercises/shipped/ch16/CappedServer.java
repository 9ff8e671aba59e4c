package ch16;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadFactory;

/**
 * Exercise 16.1: capped thread per client.
 *
 * <p>The library's catalog answers by the line, and its clients think for long. So each has a
 * thread of its own, which may wait. But a thread takes memory, a client takes a descriptor, and on
 * the first day of term there are more clients than either. The server takes so many at a time, and
 * no more. All others wait where waiting costs it nothing, in the accept queue (listen(2)).
 *
 * <pre>
 *   client 1 ─── a thread ┐
 *   client 2 ─── a thread ├─ 3 places
 *   client 3 ─── a thread ┘
 *   client 4 ─── connected by the kernel, not accepted
 *   client 5 ─── connected by the kernel, not accepted
 * </pre>
 *
 * <p>When client 2 leaves, client 4 is accepted, whatever 1 and 3 do.
 */
public final class CappedServer {
  private CappedServer() {}

  /** One conversation, from the first word to the last. */
  public interface Handler {
    /**
     * Returns when the conversation is over.
     *
     * @param client the handler need not close it
     * @throws IOException if the connection is lost. A handler with a bug throws anything else
     */
    void handle(Socket client) throws IOException;
  }

  /**
   * Serves until the listener is closed. Then it accepts nobody any more, lets the conversations
   * come to their ends, and returns after the last of them.
   *
   * <p>Each client is handled on a thread of its own, which serves nobody else, and is closed when
   * its handler is done. What a handler throws ends its own conversation and nothing else; the
   * thread may report it or die of it.
   *
   * <p>Where a thread cannot be had, {@link Thread#start} throws OutOfMemoryError. That client is
   * closed unheard, and the next may have more luck.
   *
   * @param listener where clients call. Another thread closes it; then {@code accept} throws
   * @param most how many clients may be accepted and not yet done with at any time, 1 or more. To
   *     accept one more and let it wait is one too many
   * @param threads makes threads that are not started yet
   * @throws IOException if {@code accept} fails and nobody has closed the listener
   */
  public static void serve(ServerSocket listener, int most, ThreadFactory threads, Handler handler)
      throws IOException, InterruptedException {
    // TODO: a place, a client, a thread; and again.
    throw new UnsupportedOperationException("TODO: exercise 16.1");
  }
}
