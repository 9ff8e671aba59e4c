package ch08;

import java.io.IOException;
import java.net.ServerSocket;
import javax.net.ServerSocketFactory;

/**
 * Exercise 8.2: a listener that comes back.
 *
 * <p>The library's catalog is started again each time a shelf has moved, and its readers notice
 * nothing if it listens again at once. The connections that it closed stay in TIME_WAIT for a
 * minute, with its port in their names (RFC 9293, section 3.6.1), and keep the next start from
 * binding unless it says beforehand that it does not mind (socket(7), {@code SO_REUSEADDR}).
 *
 * <p>Now and then somebody starts the catalog a second time while it runs. This one has to fail, at
 * once and so that he sees why: of two catalogs on one port one would answer some readers, and the
 * other the rest.
 */
public final class Listener {
  private Listener() {}

  /**
   * Opens a listening socket on the loopback interface.
   *
   * <ul>
   *   <li>Connections of an earlier listener do not hinder it, whether they are in TIME_WAIT or
   *       still in use.
   *   <li>A live listener does: the call fails at once, and the live one notices nothing.
   *   <li>When the call fails nothing that it has made is open.
   * </ul>
   *
   * @param port to listen on, 1 to 65535; 0 is any that is free
   * @param sockets makes unbound sockets with {@link ServerSocketFactory#createServerSocket()}.
   *     Whether their SO_REUSEADDR is on differs from system to system
   * @return bound to {@link java.net.InetAddress#getLoopbackAddress()}; the caller closes it
   * @throws java.net.BindException if the port cannot be had. Its message names the port, and has
   *     the text of the exception that bind has thrown, which is its cause
   * @throws IllegalArgumentException if there is no such port
   * @throws IOException if anything else fails
   */
  public static ServerSocket open(int port, ServerSocketFactory sockets) throws IOException {
    // TODO: make it, set it, bind it.
    throw new UnsupportedOperationException("TODO: exercise 8.2");
  }
}
