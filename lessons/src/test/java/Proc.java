import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;

/** What Linux tells about a process and its connections under /proc (man 5 proc). */
record Proc(long pid) {
  static final boolean HERE = System.getProperty("os.name").equals("Linux");

  private static final int ESTABLISHED = 1;
  private static final int LISTEN = 10;

  /** A row of /proc/net/tcp: an inode of 0 means that no process holds this end. */
  private record Row(
      InetAddress address, int port, int peerPort, int state, long unread, long inode) {

    static Row parse(String line) {
      var words = line.strip().split("\\s+");
      return new Row(
          address(words[1]),
          port(words[1]),
          port(words[2]),
          Integer.parseInt(words[3], 16),
          unread(words[4]),
          Long.parseLong(words[9]));
    }

    private static int port(String end) {
      return Integer.parseInt(end.substring(end.indexOf(':') + 1), 16);
    }

    private static long unread(String queues) {
      return Long.parseLong(queues.substring(queues.indexOf(':') + 1), 16);
    }

    /** Groups of four bytes, each printed as a number of this machine. */
    private static InetAddress address(String end) {
      var hex = end.substring(0, end.indexOf(':'));
      var bytes = ByteBuffer.allocate(hex.length() / 2).order(ByteOrder.nativeOrder());
      IntStream.range(0, hex.length() / 8)
          .forEach(i -> bytes.putInt(Integer.parseUnsignedInt(hex, 8 * i, 8 * i + 8, 16)));
      try {
        return InetAddress.getByAddress(bytes.array());
      } catch (UnknownHostException wrongLength) {
        throw new IllegalArgumentException(end, wrongLength);
      }
    }
  }

  /** Those in which this stands. */
  private static Stream<Row> rows(String text) {
    return Stream.of("tcp", "tcp6")
        .map(name -> Path.of("/proc/net", name))
        .filter(Files::exists)
        .flatMap(Proc::lines)
        .filter(line -> line.contains(text) && !line.contains("local_address"))
        .map(Row::parse);
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The addresses on which the process listens. */
  List<InetAddress> listeners() throws IOException {
    var held = Set.copyOf(descriptors());
    return rows(" %02X ".formatted(LISTEN))
        .filter(row -> row.state == LISTEN && held.contains("socket:[" + row.inode + "]"))
        .map(Row::address)
        .toList();
  }

  /** What each open descriptor leads to: a file's path, or {@code socket:[INODE]}. */
  List<String> descriptors() throws IOException {
    try (var links = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return links.map(Proc::target).filter(Objects::nonNull).toList();
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (NoSuchFileException closedMeanwhile) {
      return null;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * The sockets that the process has not closed, but for Unix sockets: the virtual machine keeps a
   * pair of those. A connection that both ends have finished stands in no table of TCP, so this
   * asks what is not in the other.
   */
  List<String> sockets() throws IOException {
    var unix =
        lines(Path.of("/proc/net/unix"))
            .map(line -> line.strip().split("\\s+"))
            .map(words -> "socket:[" + words[6] + "]")
            .collect(Collectors.toSet());
    return descriptors().stream()
        .filter(target -> target.startsWith("socket:") && !unix.contains(target))
        .toList();
  }

  int threads() throws IOException {
    try (var tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
      return (int) tasks.count();
    }
  }

  /** What the kernel's tables show follows an event that nobody tells us of: look often. */
  static ConditionFactory soon() {
    return await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(Child.PATIENCE);
  }

  /** Waits until the server has accepted the caller. */
  static void awaitAccepted(Wire caller) {
    soon().until(() -> serverSide(caller).map(end -> end.inode() != 0).orElse(true));
  }

  /** Waits until the server has read all that the caller has said, or has closed. */
  static void awaitRead(Wire caller) {
    soon().until(() -> serverSide(caller).map(Proc::isDrained).orElse(true));
  }

  private static boolean isDrained(SockDiag.End end) {
    return end.state() != ESTABLISHED || end.unread() == 0 && end.inode() != 0;
  }

  /** How many bytes of the caller wait in the server's kernel. */
  static long unread(Wire caller) {
    return serverSide(caller).orElseThrow().unread();
  }

  /**
   * Waits until the server leaves unread what the caller has said. Bytes that are only on their way
   * to it become more and less; those that it leaves stay as many.
   */
  static void awaitStandstill(Wire caller) {
    var before = new AtomicLong();
    soon()
        .alias("the server leaves something unread")
        .pollInterval(Duration.ofMillis(10))
        .during(Duration.ofMillis(200))
        .until(() -> {
          long unread = unread(caller);
          return unread > 0 && before.getAndSet(unread) == unread;
        });
  }

  private static Optional<SockDiag.End> serverSide(Wire caller) {
    if (SockDiag.HERE) return SockDiag.of(caller.peerPort(), caller.port());
    return rows(":%04X ".formatted(caller.port()))
        .filter(row -> row.port == caller.peerPort() && row.peerPort == caller.port())
        .map(row -> new SockDiag.End(row.state, row.unread, row.inode))
        .findAny();
  }

  /** The processes whose environment holds this variable with this value. */
  static List<Long> processesWith(String variable, String value) throws IOException {
    try (var entries = Files.list(Path.of("/proc"))) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.matches("[0-9]+"))
          .filter(pid -> environment(pid).contains(variable + "=" + value))
          .map(Long::valueOf)
          .toList();
    }
  }

  private static String environment(String pid) {
    try {
      return Files.readString(Path.of("/proc", pid, "environ"), ISO_8859_1);
    } catch (IOException goneOrForeign) {
      return ""; // ended meanwhile, or belongs to another user: not one of ours
    }
  }
}
