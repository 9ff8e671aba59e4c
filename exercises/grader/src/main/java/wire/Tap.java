package wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Stands between clients and a server, passes on what they say, writes it down, and disturbs it.
 *
 * <pre>
 * try (var tap = Tap.to(server.getLocalSocketAddress()).from(CLIENT, new Split(1)).open()) {
 *   talk(tap.address());
 *   System.out.print(tap.recording().text());
 * }
 * </pre>
 *
 * <p>It adds no byte and, but for what it is told to cut off, loses none. It reads a side no faster
 * than the other takes: what it holds of one direction is at most {@link Flow#BUFFER_BYTES}, beside
 * what the kernel buffers. The recording is bounded as well: see {@link Recording#omitted}.
 */
public sealed interface Tap extends AutoCloseable permits StreamTap, DatagramTap {
  /** A tap before a server of TCP or, with a {@code UnixDomainSocketAddress}, of a Unix socket. */
  static Plan<StreamDisturbance> to(SocketAddress target) {
    return new Plan<>(target, StreamTap::open);
  }

  /** A tap before a server of UDP. */
  static Plan<DatagramDisturbance> datagramsTo(InetSocketAddress target) {
    return new Plan<>(target, DatagramTap::open);
  }

  /** Where clients find it. */
  SocketAddress address();

  /** What has happened until now. */
  Recording recording();

  /** The first event, of those that were and those to come, that is wanted. */
  Event await(Predicate<Event> wanted, Duration patience)
      throws InterruptedException, TimeoutException;

  /**
   * Ends everything; returns when its last thread has ended. A connection that is still open is cut
   * (RST), not closed: its bytes are not all through, and an end (FIN) would say that they are.
   */
  @Override
  void close() throws IOException;
}
