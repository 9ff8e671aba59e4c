package ch02;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * Exercise 2.2: pump both ways.
 *
 * <p>The terminal in the reading room has a keyboard, a screen and a socket to the library's
 * catalog. What is typed goes to the catalog, what the catalog says goes to the screen. Nobody
 * knows whose turn it is, so both directions run at the same time. This is the heart of nc(1).
 *
 * <pre>
 *   in  ──────▶ socket ──────▶ catalog
 *   out ◀────── socket ◀────── catalog
 * </pre>
 */
public final class Pump {
  private Pump() {}

  /**
   * Carries bytes both ways until both directions have ended.
   *
   * <ul>
   *   <li>Every byte arrives, in order and unchanged, as soon as it is there: {@code out} is
   *       flushed whenever something was written to it.
   *   <li>When {@code in} ends, the peer is told (shutdown(2), {@code SHUT_WR}) and may go on
   *       answering. When the peer ends first, {@code in} may go on.
   *   <li>Nothing is closed: socket and streams belong to the caller.
   *   <li>After a return no thread of the pump runs. After an exception one may still wait in
   *       {@code in.read()}, since nothing can wake it; it must not keep the program alive.
   * </ul>
   *
   * @param socket connected to the peer
   * @param in what is typed; its {@code read} may wait for ever
   * @param out what is shown; may be buffered
   * @throws IOException if the connection is reset, whichever direction meets the reset. If nobody
   *     types, the exception does not wait for the next key
   */
  public static void pump(Socket socket, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    // TODO: two directions, one thread more.
    throw new UnsupportedOperationException("TODO: exercise 2.2");
  }
}
