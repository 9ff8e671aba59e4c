package ch13;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;

/**
 * Exercise 13.1: echo on one thread.
 *
 * <p>The library's readers test their lines with an echo (RFC 862): what a client sends comes back
 * to it, byte for byte. Most clients are silent most of the time, and there are many. So one thread
 * serves all of them, and sleeps when nobody needs it:
 *
 * <pre>
 *   EchoLoop.listen(listener, selector);
 *   while (selector.isOpen()) EchoLoop.turn(selector);
 * </pre>
 *
 * <p>A client may be slow to take what it is owed, or take nothing at all. The others do not
 * notice, and the server keeps no more than {@link #MOST_BYTES} of it.
 */
public final class EchoLoop {
  /** Of each client: what was read and has not been written yet is never more than this. */
  public static final int MOST_BYTES = 128 * 1024;

  private EchoLoop() {}

  /** Begins to listen. Nobody else uses the selector. */
  public static void listen(ServerSocketChannel listener, Selector selector) throws IOException {
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
  }

  /**
   * One turn of the loop: waits until a channel of the selector is ready, does what can be done
   * without waiting, and returns. All of it on the thread that calls this.
   *
   * <ul>
   *   <li>Whoever calls is accepted.
   *   <li>What a client has sent goes back to it, in order. A write may take a part of it; the rest
   *       goes when there is room.
   *   <li>While it is owed {@link #MOST_BYTES} a client is not read from.
   *   <li>When a client has said all (its end, FIN) it still gets what it is owed. Then its channel
   *       is closed.
   *   <li>When a client is lost its channel is closed. That is no failure of this method.
   *   <li>When nothing is left to do, no channel is ready: the next turn sleeps.
   * </ul>
   *
   * <p>What must be known of a client in its next turn can be attached to its key.
   *
   * @throws IOException if the selector or the listener fails
   */
  public static void turn(Selector selector) throws IOException {
    // TODO: select, then accept, read and write, each for the keys that are ready for it.
    throw new UnsupportedOperationException("TODO: exercise 13.1");
  }
}
