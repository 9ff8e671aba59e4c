package wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * How far the peer has read what was written to it.
 *
 * <p>TCP does not tell. {@code TCP_NODELAY} makes each write a segment of its own, but a reader
 * that comes late finds several in one read. On Linux the kernel shows every socket of the machine
 * in {@code /proc/net/tcp} (proc(5)): the bytes not yet acknowledged in {@code tx_queue}, those
 * that arrived and were not yet read in {@code rx_queue}. The peer of a loopback connection is
 * there too, so the tap can look until its queue is empty: then the next piece is one that no read
 * has joined with the last.
 *
 * <p>What is promised:
 *
 * <ul>
 *   <li>Linux, TCP, both ends on this machine: a read never returns bytes of two pieces. One doubt
 *       is left: a queue may be empty because the piece has not arrived. An acknowledgement settles
 *       it, but TCP may delay that by 40 ms. So an empty queue counts as read after {@link
 *       #IN_TRANSIT}, thousands of times what loopback takes.
 *   <li>Elsewhere, and for Unix sockets: each piece is a write of its own, no more.
 * </ul>
 */
abstract sealed class ReceiveQueue {
  private static final Duration IN_TRANSIT = Duration.ofMillis(5);

  static ReceiveQueue of(SocketChannel own) throws IOException {
    return own.getLocalAddress() instanceof InetSocketAddress local
            && own.getRemoteAddress() instanceof InetSocketAddress remote
            && remote.getAddress().isLoopbackAddress()
            && Files.isReadable(Shown.TABLES[0])
        ? new Shown(local.getPort(), remote.getPort())
        : new Hidden();
  }

  /** Waits until the peer has read all that was written, or has gone. */
  abstract void awaitRead() throws IOException, InterruptedException;

  /** Waits until all that was written is in the peer's queue, or it has gone. */
  abstract void awaitArrived() throws IOException, InterruptedException;

  /** Whether our own end of the connection is dead, where that can be seen. */
  abstract boolean isDead() throws IOException;

  private static final class Hidden extends ReceiveQueue {
    @Override
    void awaitRead() {}

    @Override
    void awaitArrived() {}

    @Override
    boolean isDead() {
      return false;
    }
  }

  /** A loopback connection on Linux. The two ports name it; IPv6 and IPv4 share the numbers. */
  private static final class Shown extends ReceiveQueue {
    static final Path[] TABLES = {Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6")};
    private static final long FIRST_PAUSE_NANOS = 20_000;
    private static final long LONGEST_PAUSE_NANOS = 1_000_000;
    private static final int MISSED_OFTEN_ENOUGH = 3; // a table that changes may skip a line

    private final String own;
    private final String peer;
    private Set<Path> tables = Set.of(TABLES); // those that hold the two lines, once that is known

    Shown(int ownPort, int peerPort) {
      own = pattern(ownPort, peerPort);
      peer = pattern(peerPort, ownPort);
    }

    /** The ports in hexadecimal as they stand in a line after the addresses. */
    private static String pattern(int local, int remote) {
      return "%04X %04X".formatted(local, remote);
    }

    /**
     * @param unacknowledged bytes written that the peer's kernel has not confirmed; −1: no such
     *     line
     * @param unread bytes in the peer's queue; −1: no such line
     */
    private record Queues(long unacknowledged, long unread) {}

    @Override
    void awaitRead() throws IOException, InterruptedException {
      long began = System.nanoTime();
      boolean arrived = false;
      int missed = 0;
      for (long pause = FIRST_PAUSE_NANOS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS)) {
        var queues = look();
        missed = queues.unread < 0 || queues.unacknowledged < 0 ? missed + 1 : 0;
        if (missed == MISSED_OFTEN_ENOUGH) return;
        boolean overdue = System.nanoTime() - began > IN_TRANSIT.toNanos();
        if (queues.unread == 0 && (arrived || overdue)) return;
        // For the next look only: of the two lines of this one, the peer's may be the older.
        arrived |= queues.unread > 0 || queues.unacknowledged == 0;
        pause(pause);
      }
    }

    @Override
    void awaitArrived() throws IOException, InterruptedException {
      int missed = 0;
      for (long pause = FIRST_PAUSE_NANOS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS)) {
        var queues = look();
        missed = queues.unacknowledged < 0 ? missed + 1 : 0;
        if (missed == MISSED_OFTEN_ENOUGH || queues.unacknowledged == 0) return;
        pause(pause);
      }
    }

    @Override
    boolean isDead() throws IOException {
      for (int i = 0; i < MISSED_OFTEN_ENOUGH; i++) {
        if (look().unacknowledged >= 0) return false;
      }
      return true;
    }

    private static void pause(long nanos) throws InterruptedException {
      LockSupport.parkNanos(nanos);
      if (Thread.interrupted()) throw new InterruptedException();
    }

    private Queues look() throws IOException {
      long unacknowledged = -1;
      long unread = -1;
      var found = new HashSet<Path>();
      for (var table : tables) {
        if (!Files.exists(table)) continue; // no IPv6 here
        for (var line : Files.readString(table, StandardCharsets.US_ASCII).split("\n")) {
          var columns = line.strip().split(" +", 6);
          if (columns.length < 6 || columns[1].indexOf(':') < 0) continue;
          var ports = port(columns[1]) + " " + port(columns[2]);
          if (ports.equals(own)) unacknowledged = Long.parseLong(queue(columns[4], 0), 16);
          if (ports.equals(peer)) unread = Long.parseLong(queue(columns[4], 1), 16);
          if (ports.equals(own) || ports.equals(peer)) found.add(table);
        }
      }
      if (unacknowledged >= 0 && unread >= 0) tables = found; // to read one takes milliseconds
      return new Queues(unacknowledged, unread);
    }

    private static String port(String address) {
      return address.substring(address.indexOf(':') + 1);
    }

    /** Of {@code tx_queue:rx_queue}. */
    private static String queue(String queues, int which) {
      return queues.split(":")[which];
    }
  }
}
