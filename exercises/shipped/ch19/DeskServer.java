package ch19;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/**
 * Exercise 19.1: shutdown.
 *
 * <p>The information desk of the town library is a server: a thread for each caller, and a handler
 * that talks to one of them. In the evening it closes. Nobody new is let in, those who are talking
 * get a while to finish, and who is still there after that is asked to leave:
 *
 * <pre>
 *   shutdown(grace) ──┬── no new caller ──┬── grace ──┬── cut ──┬── returns
 *                     │                   │           │         │
 *                the port refuses    they finish    close    all is over
 * </pre>
 *
 * <p>The order may come from anywhere: from the thread that made the server, from two threads at
 * once, before the server serves, or from a handler whose caller has said the word for it. Python's
 * socketserver waits for ever in the last two cases.
 */
public final class DeskServer {

  /** Talks to one caller. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Called on a thread of its own, for each caller.
     *
     * @param caller who just called; the server closes it when this returns or throws
     */
    void handle(Socket caller) throws IOException;
  }

  /**
   * Listens at once: callers may connect from now on, and wait in the accept queue.
   *
   * @param address where to listen; port 0 means any that is free
   * @throws IOException if it cannot listen there, because the port is taken, say. Nothing is left
   *     open then
   */
  public DeskServer(InetSocketAddress address, Handler handler) throws IOException {
    // TODO: listen.
    throw new UnsupportedOperationException("TODO: exercise 19.1");
  }

  /** Where it listens, with the port that it got. It may be asked for after the end, too. */
  public InetSocketAddress address() {
    // TODO: tell.
    throw new UnsupportedOperationException("TODO: exercise 19.1");
  }

  /**
   * Accepts callers and starts the handler for each of them, until {@link #shutdown}. A handler
   * that throws, whatever it throws, ends its own conversation, and is reported in one line on
   * {@code System.err}. Of a conversation that is over nothing is kept.
   *
   * @throws IOException if {@code accept} fails for another reason than {@code shutdown}
   */
  public void serveForever() throws IOException {
    // TODO: accept, start, and again.
    throw new UnsupportedOperationException("TODO: exercise 19.1");
  }

  /**
   * Ends the server. When this returns, it is so: the port refuses, {@link #serveForever} has
   * returned or will return at once, every handler has returned, and every connection is closed.
   *
   * <p>One exception: a handler may call this. It waits for all the others then. It is not waited
   * for itself, neither by its own call nor by anybody else's, and its connection is not cut: it
   * ends when the handler returns.
   *
   * <p>Whoever calls this while another call is at it waits as well, until it is so. Once it is so,
   * it returns at once.
   *
   * @param grace how long those who are talking may go on. The first call's counts. When the last
   *     of them has left earlier, nobody waits for the rest of it. After it their connections are
   *     closed, and their handlers notice that
   */
  public void shutdown(Duration grace) throws InterruptedException {
    // TODO: no new callers, a while for the others, the cut, and the end.
    throw new UnsupportedOperationException("TODO: exercise 19.1");
  }
}
