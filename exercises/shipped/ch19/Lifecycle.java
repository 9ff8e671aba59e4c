package ch19;

import java.net.Socket;
import java.util.function.Consumer;

/**
 * Exercise 19.2: lifecycle.
 *
 * <p>The desk of the town library has many handlers by now: one looks up a book, one renews a card,
 * one talks to the other libraries. Each was written by somebody else, and each can fail in its own
 * way, before, within and after its work. However a request ends, its connection is closed and its
 * failure is known.
 *
 * <pre>
 *   setup ── handle ── finish ──┐
 *     │        └ fails ──┘      ├── half-close ── close ── report, if anything failed
 *     └ fails ──────────────────┘
 * </pre>
 *
 * <p>Python's socketserver does this in four places: the constructor of {@code BaseRequestHandler},
 * the loop, {@code shutdown_request} and {@code handle_error}. What is different here:
 *
 * <ul>
 *   <li>There the error is reported before the connection is closed, here after: closing may fail
 *       as well, and then it belongs to the same report.
 *   <li>There an error of {@code finish} takes the place of the error of {@code handle}, which
 *       becomes its context. Here the first error is the one that is reported, and later ones are
 *       suppressed in it ({@link Throwable#addSuppressed}).
 *   <li>There {@code MemoryError} and {@code RecursionError} are exceptions like all others. Here
 *       they are Errors, and no Exceptions. They are treated in the same way.
 *   <li>There {@code KeyboardInterrupt} ends the server. Here an interrupt is for the thread: it
 *       ends at most this request, and whoever owns the thread must still see it.
 * </ul>
 */
public final class Lifecycle {
  private Lifecycle() {}

  /** What is done for one connection. It need not close it. */
  public interface Handler {
    /** Before. If it throws, there is nothing to handle, and nothing to finish. */
    default void setup(Socket connection) throws Exception {}

    /** The conversation. */
    void handle(Socket connection) throws Exception;

    /** After, however {@code handle} has ended. The connection is still open. */
    default void finish(Socket connection) throws Exception {}
  }

  /**
   * Leads one connection through its life, on the thread that calls. What fails is reported and
   * never thrown: an Error of a handler's, too, ends this conversation and no other.
   *
   * <p>The end is that of {@code shutdown_request}: {@link Socket#shutdownOutput}, so that the peer
   * gets the end of the stream, then {@link Socket#close}, once. The half-close may fail, because
   * the peer is gone, or because the handler was there first. That is no failure of the request. A
   * close that fails is one.
   *
   * <p>An interrupt is not lost: when this returns, the status of the thread is set if it was set
   * on the way, or if a step threw an {@link InterruptedException}. That is put back when all is
   * done. {@code finish} runs with the status clear, for it may have to wait as well.
   *
   * @param connection it is open; when this returns, it is closed
   * @param errors told of the request's failure, once and last, or not at all. It does not throw
   */
  public static void processRequest(
      Socket connection, Handler handler, Consumer<Throwable> errors) {
    // TODO: the steps in their order, the close, the report.
    throw new UnsupportedOperationException("TODO: exercise 19.2");
  }
}
