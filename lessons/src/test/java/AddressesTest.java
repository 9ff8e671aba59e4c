import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.ValueLayout;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lesson 03: what it says of addresses, of names, and of both ends of a connection. */
class AddressesTest {
  private static final Lesson ADDRESSES = Lesson.named("L03Addresses");
  private static final Path CALLERS_PORTS = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

  @AutoClose private final Children children = new Children();
  @TempDir private Path folder;

  private Child of(String... words) throws IOException {
    return children.run(
        ADDRESSES, Stream.concat(Stream.of("of"), Stream.of(words)).toArray(String[]::new));
  }

  /** A machine whose hosts file says this, and which has no name server. */
  private Child ofWithHosts(String hosts, String... words) throws IOException {
    var file = Files.writeString(folder.resolve("hosts"), hosts);
    var options = List.of("-Djdk.net.hosts.file=" + file);
    var all = Stream.concat(Stream.of("of"), Stream.of(words)).toArray(String[]::new);
    return children.start(Children.command(ADDRESSES, options, all));
  }

  private static String only(Child lesson) throws InterruptedException {
    assertThat(lesson.exitCode()).as(lesson.err()).isZero();
    assertThat(lesson.err()).isEmpty();
    assertThat(lesson.out().lines()).hasSize(1);
    return lesson.out().strip().replaceAll(" +", " ");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1 IPv4 7f000001 loopback",
    "127.1, 127.0.0.1 IPv4 7f000001 loopback",
    "0177.0.0.1, 177.0.0.1 IPv4 b1000001 global",
    "169.254.0.7, 169.254.0.7 IPv4 a9fe0007 link-local",
    "10.0.0.7, 10.0.0.7 IPv4 0a000007 private",
    "::1, 0:0:0:0:0:0:0:1 IPv6 00000000000000000000000000000001 loopback",
    "[::1], 0:0:0:0:0:0:0:1 IPv6 00000000000000000000000000000001 loopback",
    "::ffff:10.0.0.7, 10.0.0.7 IPv4 0a000007 private",
    "fdff::7, fdff:0:0:0:0:0:0:7 IPv6 fdff0000000000000000000000000007 private",
    "fe80::7%1, 'fe80:0:0:0:0:0:0:7%1 IPv6 fe800000000000000000000000000007 link-local, interface"
        + " 1'",
    "ff02::1, ff02:0:0:0:0:0:0:1 IPv6 ff020000000000000000000000000001 multicast",
  })
  void describesWhatALiteralSpells(String literal, String described) throws Exception {
    var run = InProcess.run(ADDRESSES, "of", literal);
    assertThat(run.out().strip().replaceAll(" +", " ")).isEqualTo(described);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void givesEveryAddressOfAName() throws Exception {
    var lesson = ofWithHosts("127.0.0.2 library\n127.0.0.3 library\n127.0.0.4 museum\n", "library");
    assertThat(lesson.exitCode()).isZero();
    assertThat(lesson.out().lines().map(line -> line.strip().split(" ")[0]))
        .containsExactly("127.0.0.2", "127.0.0.3");
  }

  @Test
  void saysThatAHostIsUnknown() throws Exception {
    var lesson = ofWithHosts("127.0.0.2 library\n", "museum");
    assertThat(lesson.exitCode()).isEqualTo(1);
    assertThat(lesson.out()).isEmpty();
    assertThat(lesson.errLines()).singleElement().asString().matches("unknown host: .*museum.*");
  }

  @Test
  void namesBothEndsAsTheOtherSideSeesThem() throws Exception {
    try (var listener = Wire.listen()) {
      var lesson = of("127.0.0.1", "" + listener.getLocalPort());
      try (var caller = Wire.accept(listener)) {
        assertThat(only(lesson))
            .isEqualTo(
                "connected here 127.0.0.1:%d there 127.0.0.1:%d"
                    .formatted(caller.peerPort(), listener.getLocalPort()));
      }
    }
  }

  @Test
  void putsBracketsAroundIPv6() throws Exception {
    try (var listener = new ServerSocket(0, 1, loopback6())) {
      var lesson = of("::1", "" + listener.getLocalPort());
      try (var caller = Wire.accept(listener)) {
        assertThat(only(lesson))
            .isEqualTo(
                "connected here [0:0:0:0:0:0:0:1]:%d there [0:0:0:0:0:0:0:1]:%d"
                    .formatted(caller.peerPort(), listener.getLocalPort()));
      }
    }
  }

  private static InetAddress loopback6() throws SocketException {
    var address = Inet6Address.ofLiteral("::1");
    assumeTrue(NetworkInterface.getByInetAddress(address) != null, "this machine has no ::1");
    return address;
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "127.0.0.2 is an address of its own on Linux")
  void goesOnToTheNextAddressWhenOneRefuses() throws Exception {
    try (var listener = Wire.listen()) {
      var port = "" + listener.getLocalPort();
      var lesson = ofWithHosts("127.0.0.2 library\n127.0.0.1 library\n", "library", port);
      Wire.accept(listener).close();
      assertThat(lesson.exitCode()).isZero();
      var lines = lesson.out().lines().map(String::strip).toList();
      assertThat(lines).hasSize(2);
      assertThat(lines.getFirst())
          .isEqualTo("failed    127.0.0.2:" + port + ": Connection refused");
      assertThat(lines.getLast()).startsWith("connected ").endsWith(" there 127.0.0.1:" + port);
    }
  }

  /** The kernel completes the call; nobody ever accepts it. */
  @Test
  void needsNobodyToAccept() throws Exception {
    try (var listener = Wire.listen()) {
      assertThat(only(of("127.0.0.1", "" + listener.getLocalPort()))).startsWith("connected ");
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "a full queue refuses elsewhere")
  void doesNotWaitForEverWhereNobodyAnswers() throws Exception {
    try (var listener = Wire.listen();
        var _ = Wire.call(listener.getLocalPort());
        var _ = Wire.call(listener.getLocalPort())) { // and now its queue is full
      var end = "127.0.0.1:" + listener.getLocalPort();
      assertThat(only(of("127.0.0.1", "" + listener.getLocalPort())))
          .isEqualTo("failed " + end + ": Connect timed out");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "of",
        "of|",
        "of|localhost|0",
        "of|localhost|65536",
        "of|localhost|+80",
        "of|localhost|８０",
        "of|localhost|",
        "of|localhost|80|90",
        "OF|localhost",
        "localhost",
        "localhost|80"
      })
  void whatItCannotUseGetsTheUsage(String words) throws Exception {
    Usage.expect(ADDRESSES, words.split("[|]", -1));
  }

  @Test
  void demoShowsTheSameTwoNamesTheOtherWayRound() throws Exception {
    var demo = children.run(ADDRESSES);
    var caller = demo.awaitOut("caller +here (\\S+) +there (\\S+)");
    var accepted = demo.awaitOut("accepted +here (\\S+) +there (\\S+)");
    assertThat(accepted.group(1)).isEqualTo(caller.group(2));
    assertThat(accepted.group(2)).isEqualTo(caller.group(1));
    assertThat(demo.exitCode()).isZero();
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "the kernel's range is read from /proc")
  void callersGetTheirPortsFromTheKernelsRange() throws Exception {
    var range = Files.readAllLines(CALLERS_PORTS).getFirst().split("\\s+");
    var caller = children.run(ADDRESSES, "demo").awaitOut("caller +here 127.0.0.1:([0-9]+) ");
    assertThat(Integer.parseInt(caller.group(1)))
        .isBetween(Integer.valueOf(range[0]), Integer.valueOf(range[1]));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "the kernel's table is read from /proc")
  void turnsTheKernelsNumbersIntoTheBytesOfTheAddress() throws Exception {
    var demo = children.run(ADDRESSES, "demo");
    var bytes =
        demo.awaitOut("/proc/net/tcp6? holds\n  [0-9A-F]+ .*\n  ([0-9a-f]+)  in the order of");
    assertThat(bytes.group(1)).matches("(00000000000000000000ffff)?7f000001");
  }

  @Test
  void aCallersPortIsTakenForListenersToo() throws Exception {
    try (var listener = Wire.listen();
        var caller = Wire.call(listener.getLocalPort())) {
      assertThatExceptionOfType(BindException.class)
          .isThrownBy(() -> new ServerSocket(caller.port(), 1, InetAddress.getLoopbackAddress()));
    }
  }

  @Test
  void aSocketThatHasNotCalledHasNoNames() throws Exception {
    try (var socket = new Socket()) {
      assertThat(socket.getLocalSocketAddress()).isNull();
      assertThat(socket.getRemoteSocketAddress()).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "library", "127.0.0.256", "1::2::3", "fe80::7%shelf9", "１.2.3.4"})
  void aLiteralIsReadOrRefusedAndNeverLookedUp(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InetAddress.ofLiteral(text))
        .withMessageStartingWith("Invalid IP address literal");
  }

  /**
   * The chapter's table of families and types: what the C library opens when Java calls it. EACCES
   * and EPERM mean that there is such a socket, and that it is not for us.
   */
  @ParameterizedTest
  @CsvSource({
    "2, 1, 0, yes", "2, 2, 0, yes", "2, 3, 1, yes", "2, 4, 0, no", "2, 5, 0, no",
    "10, 1, 0, yes", "10, 2, 0, yes", "10, 3, 58, yes", "10, 4, 0, no", "10, 5, 0, no",
    "1, 1, 0, yes", "1, 2, 0, yes", "1, 3, 0, yes", "1, 4, 0, no", "1, 5, 0, yes",
  })
  @EnabledOnOs(value = OS.LINUX, disabledReason = "the numbers are Linux's")
  @SuppressWarnings("restricted")
  void whatTheKernelHasIsToBeHadThroughForeignCalls(int family, int type, int protocol, String has)
      throws Throwable {
    int eSockTNoSupport = 94;
    var linker = Linker.nativeLinker();
    var errno = Linker.Option.captureCallState("errno");
    var i = ValueLayout.JAVA_INT;
    var libc = linker.defaultLookup();
    var socket =
        linker.downcallHandle(libc.findOrThrow("socket"), FunctionDescriptor.of(i, i, i, i), errno);
    var close = linker.downcallHandle(libc.findOrThrow("close"), FunctionDescriptor.of(i, i));
    try (var arena = Arena.ofConfined()) {
      var state = arena.allocate(Linker.Option.captureStateLayout());
      int descriptor = (int) socket.invokeExact(state, family, type, protocol);
      if (descriptor >= 0) assertThat((int) close.invokeExact(descriptor)).isZero();
      int error =
          (int)
              Linker.Option.captureStateLayout()
                  .varHandle(PathElement.groupElement("errno"))
                  .get(state, 0L);
      if (has.equals("yes")) assertThat(descriptor >= 0 || error == 1 || error == 13).isTrue();
      else assertThat(descriptor < 0 && error == eSockTNoSupport).as("errno " + error).isTrue();
    }
  }
}
