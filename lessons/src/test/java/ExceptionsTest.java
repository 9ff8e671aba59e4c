import static java.nio.channels.SelectionKey.OP_CONNECT;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Appendix B against the machine: every row is provoked, and has the class and the text that it
 * claims. A new row needs a new provocation here.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the appendix has the texts of Linux")
class ExceptionsTest {
  private static final Path APPENDIX =
      Lesson.classes().resolve("../../../docs/chapters/exceptions.adoc").normalize();
  private static final Pattern ROW =
      Pattern.compile("(?m)^[|]`([A-Za-z]+(?:Exception|Error)[^`]*)`$");

  @AutoClose private ServerSocket listener;
  private final List<AutoCloseable> held = new ArrayList<>();

  @BeforeEach
  void listen() throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  static Stream<String> rows() throws IOException {
    return ROW.matcher(Files.readString(APPENDIX)).results().map(row -> row.group(1));
  }

  @Test
  void everyRowIsRead() throws IOException {
    var lines = Files.readAllLines(APPENDIX);
    long references =
        lines.stream()
            .filter(line -> line.matches("[|]<<[a-z-]+,[0-9]{2}>>(, <<[a-z-]+,[0-9]{2}>>)*"))
            .count();
    assertThat(rows()).doesNotHaveDuplicates().hasSize((int) references);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aRowSaysWhatIsThrown(String row) throws Exception {
    assertThat(provocations()).as("a provocation for this row").containsKey(row);
    assumeTrue(!row.contains("Invalid argument") || hasIpv6(), "needs IPv6");
    try {
      assertThat(said(catchThrowable(provocations().get(row)))).matches(pattern(row));
    } finally {
      for (var each : held) each.close();
    }
  }

  private static String said(Throwable thrown) {
    var name = thrown.getClass().getSimpleName();
    return thrown.getMessage() == null ? name : name + ": " + thrown.getMessage();
  }

  /** Three dots stand for any name or number. */
  private static String pattern(String row) {
    return Stream.of(row.split("[.]{3}", -1))
        .map(Pattern::quote)
        .reduce((a, b) -> a + ".+" + b)
        .get();
  }

  private Map<String, ThrowingCallable> provocations() {
    return Map.ofEntries(
        Map.entry(
            "BindException: Address already in use",
            () -> new ServerSocket(listener.getLocalPort(), 1, listener.getInetAddress())),
        Map.entry(
            "BindException: Cannot assign requested address",
            () -> hold(new Socket()).bind(new InetSocketAddress("203.0.113.7", 0))), // RFC 5737
        Map.entry("ConnectException: Connection refused", this::callNobody),
        Map.entry("SocketTimeoutException: Connect timed out", this::callAFullQueue),
        Map.entry(
            "SocketException: Network is unreachable",
            () -> hold(new Socket()).connect(new InetSocketAddress("224.0.0.1", 80))),
        Map.entry(
            "UnknownHostException: ...: Name or service not known",
            () -> InetAddress.getAllByName("no..name")),
        Map.entry(
            "SocketTimeoutException: Accept timed out",
            () -> {
              listener.setSoTimeout(1);
              listener.accept();
            }),
        Map.entry(
            "SocketTimeoutException: Read timed out",
            () -> {
              var pair = pair();
              pair.near.setSoTimeout(1);
              pair.near.getInputStream().read();
            }),
        Map.entry(
            "SocketException: Connection reset",
            () -> {
              var pair = pair();
              pair.far.setSoLinger(true, 0);
              pair.far.close();
              pair.near.getInputStream().read();
            }),
        Map.entry(
            "SocketException: Broken pipe",
            () -> {
              var pair = pair();
              pair.far.close();
              while (true) pair.near.getOutputStream().write(1);
            }),
        Map.entry(
            "SocketException: Socket closed",
            () -> {
              var pair = pair();
              var in = pair.near.getInputStream();
              closeWhen(Thread.currentThread(), "tryRead", "park", pair.near);
              in.read();
            }),
        Map.entry(
            "SocketException: Socket is closed",
            () -> {
              var pair = pair();
              pair.near.getOutputStream().close();
              pair.near.getInputStream();
            }),
        Map.entry("IOException: Too many open files", () -> inAShell("ulimit -n 40", Leak.class)),
        Map.entry(
            "EOFException",
            () -> new DataInputStream(new ByteArrayInputStream(new byte[1])).readInt()),
        Map.entry(
            "IllegalArgumentException: Port value out of range: ...",
            () -> new ServerSocket(70_000)),
        Map.entry(
            "IllegalArgumentException: timeout can't be negative",
            () -> hold(new Socket()).setSoTimeout(-1)),
        Map.entry(
            "SocketException: Connection reset by peer",
            () -> {
              var pair = pair();
              pair.far.setSoLinger(true, 0);
              pair.far.close();
              pair.near.getOutputStream().write(1);
            }),
        Map.entry(
            "SocketException: Invalid argument",
            () -> hold(new Socket()).connect(new InetSocketAddress("fe80::1", 9))),
        Map.entry(
            "UnsupportedAddressTypeException",
            () ->
                hold(SocketChannel.open(StandardProtocolFamily.INET))
                    .connect(new InetSocketAddress("::1", 9))),
        Map.entry(
            "UnsupportedOperationException: Protocol family not supported",
            () -> DatagramChannel.open(StandardProtocolFamily.UNIX)),
        Map.entry(
            "IllegalArgumentException: Invalid IP address literal: ...",
            () -> InetAddress.ofLiteral("library")),
        Map.entry(
            "NumberFormatException: For input string: ...", () -> Integer.parseInt("10atlas.txt")),
        Map.entry("NegativeArraySizeException: ...", () -> allocate(-1)),
        Map.entry("OutOfMemoryError: Java heap space", () -> allocate(Integer.MAX_VALUE - 8)),
        Map.entry(
            "IOException: Cannot run program ...: Exec failed, error: 2 ...",
            () -> new ProcessBuilder("no such program").start()),
        Map.entry(
            "NoSuchFileException: ...", () -> Files.size(Path.of("no such folder", "atlas.txt"))),
        Map.entry(
            "InvalidPathException: Nul character not allowed: ...", () -> Path.of("atlas\0.txt")),
        Map.entry("IOException: File too large", () -> inAShell("ulimit -f 8", Flood.class)),
        Map.entry(
            "IllegalBlockingModeException",
            () -> hold(SocketChannel.open()).register(hold(Selector.open()), OP_CONNECT)),
        Map.entry(
            "CancelledKeyException",
            () -> {
              var channel = hold(SocketChannel.open());
              channel.configureBlocking(false);
              var key = channel.register(hold(Selector.open()), OP_CONNECT);
              channel.close();
              key.interestOps();
            }),
        Map.entry(
            "ClosedSelectorException",
            () -> {
              var selector = Selector.open();
              selector.close();
              selector.select();
            }),
        Map.entry(
            "RejectedExecutionException: Task ... rejected from ...",
            () -> {
              var threads = Executors.newFixedThreadPool(1);
              threads.shutdown();
              threads.execute(() -> {});
            }),
        Map.entry(
            "SocketException: Closed by interrupt",
            () -> onAVirtualThread(listener::accept, Thread::interrupt)),
        Map.entry(
            "ClosedByInterruptException",
            () -> {
              var channel = hold(ServerSocketChannel.open());
              channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
              Thread.currentThread().interrupt();
              channel.accept();
            }),
        Map.entry(
            "AsynchronousCloseException",
            () -> {
              var channel = hold(ServerSocketChannel.open());
              channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
              onAVirtualThread(channel::accept, _ -> channel.close());
            }),
        Map.entry(
            "IllegalArgumentException: 'false' not legal for virtual threads",
            () -> Thread.ofVirtual().unstarted(() -> {}).setDaemon(false)),
        Map.entry(
            "UncheckedIOException: java.io.IOException: Stream closed",
            () -> {
              var child = new ProcessBuilder("cat").start();
              var lines = child.inputReader().lines().iterator();
              child.destroyForcibly();
              lines.hasNext();
            }));
  }

  private interface Interference {
    void with(Thread waiting) throws Exception;
  }

  /** Throws what the call throws, when something is done to it while it waits. */
  private static void onAVirtualThread(Callable<?> call, Interference interference)
      throws Throwable {
    var task = new FutureTask<>(call);
    var thread = Thread.ofVirtual().start(task);
    Proc.soon().until(() -> thread.getState() == Thread.State.WAITING);
    interference.with(thread);
    thread.join();
    throw task.exceptionNow();
  }

  /** Eight bytes for each: at 16 GB an array, no usual heap has room for 64. */
  private static void allocate(int count) {
    var all = new ArrayList<long[]>();
    while (all.size() < 64) all.add(new long[count]);
  }

  private static boolean hasIpv6() {
    try (var _ = new ServerSocket(0, 1, InetAddress.ofLiteral("::1"))) {
      return true;
    } catch (IOException none) {
      return false;
    }
  }

  private record Pair(Socket near, Socket far) {}

  private Pair pair() throws IOException {
    var near = hold(new Socket(listener.getInetAddress(), listener.getLocalPort()));
    return new Pair(near, hold(listener.accept()));
  }

  private <T extends AutoCloseable> T hold(T each) {
    held.add(each);
    return each;
  }

  private void callNobody() throws IOException {
    var taken = hold(new Socket()); // bound, so that nobody else takes the port, and not listening
    taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    hold(new Socket()).connect(taken.getLocalSocketAddress());
  }

  private void callAFullQueue() throws IOException {
    for (int callers = 0; callers < 3; callers++) {
      hold(new Socket()).connect(listener.getLocalSocketAddress(), 200);
    }
  }

  /** Closes the socket from another thread when this one waits in the kernel. */
  private void closeWhen(Thread reader, String first, String second, Socket socket) {
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            Proc.soon().until(() -> isIn(reader, first) || isIn(reader, second));
            socket.close();
          } catch (IOException failed) {
            throw new AssertionError(failed);
          }
        });
  }

  private static boolean isIn(Thread thread, String method) {
    return Stream.of(thread.getStackTrace()).anyMatch(at -> at.getMethodName().equals(method));
  }

  /** In a process of its own, since all of ours would have the limit. */
  private static void inAShell(String limit, Class<?> program) throws Exception {
    var classes =
        Path.of(ExceptionsTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var running =
        new ProcessBuilder(
                "sh",
                "-c",
                limit + " && exec \"$0\" -XX:+UseSerialGC -XX:-UsePerfData -cp \"$@\"",
                java,
                classes.toString(),
                program.getName())
            .redirectErrorStream(true)
            .start();
    try (var said = running.inputReader()) {
      var last = said.readAllAsString().strip();
      assertThat(running.waitFor(Child.PATIENCE.toMillis(), MILLISECONDS)).isTrue();
      assertThat(last).startsWith("java.io.IOException: ");
      throw new IOException(last.substring(last.indexOf(' ') + 1));
    } finally {
      running.destroyForcibly();
    }
  }

  /** Writes more than it may. */
  static final class Flood {
    public static void main(String... args) throws IOException {
      var file = Files.createTempFile("flood", null);
      try {
        Files.write(file, new byte[1 << 20]);
      } catch (IOException full) {
        System.out.println(full);
      } finally {
        Files.delete(file);
      }
    }
  }

  /** Accepts and never closes. */
  static final class Leak {
    public static void main(String... args) throws IOException {
      var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      var leaked = new ArrayList<Socket>();
      while (true) {
        try (var caller = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
          leaked.add(listener.accept()); // the caller gives its descriptor back, this one does not
        } catch (IOException full) {
          System.out.println(full);
          return;
        }
      }
    }
  }
}
