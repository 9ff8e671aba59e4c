package ch02;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import javax.net.SocketFactory;

/**
 * Exercise 2.1: createConnection.
 *
 * <p>The library's catalog answers at several addresses: IPv6 and IPv4, the main building and the
 * branch across the river. A terminal in the reading room wants one connection and does not care
 * which. Python has {@code socket.create_connection} for this (Python library reference, module
 * socket); Java leaves it to us.
 */
public final class Connections {
  private Connections() {}

  /**
   * Connects to the first of these addresses that answers.
   *
   * @param addresses where the service may be; tried one after the other, in this order
   * @param timeout for each attempt, one millisecond or more; an attempt that takes longer has
   *     failed (connect(2) alone waits for minutes)
   * @param source where the calls come from, for each attempt: an address of this machine, and a
   *     port or 0 for any (bind(2)); null leaves both to the system
   * @param sockets makes unconnected sockets with {@link SocketFactory#createSocket()}: a new one
   *     for each attempt, and none after the attempt that succeeds
   * @return a connected socket; the caller closes it. Every other socket is closed
   * @throws IllegalArgumentException if there is no address to try
   * @throws IOException if every attempt fails: the exception of the last, with those of the
   *     earlier attempts attached as {@linkplain Throwable#addSuppressed suppressed}
   */
  public static Socket createConnection(
      List<InetSocketAddress> addresses,
      Duration timeout,
      InetSocketAddress source,
      SocketFactory sockets)
      throws IOException {
    // TODO: try the addresses in turn.
    throw new UnsupportedOperationException("TODO: exercise 2.1");
  }
}
