import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Lesson 08: what it prints is what Java and the kernel say. */
class SocketOptionsTest {
  private static final Lesson LESSON = Lesson.named("L08SocketOptions");

  /** A row of the table: the types at its end say whom it holds for. */
  private record Row(
      String option, String before, String set, String after, String kernel, Set<String> types) {
    static Row parse(String line) {
      var cells = line.split(" {2,}");
      return new Row(cells[0], cells[1], cells[2], cells[3], cells[4], Set.of(cells[5].split(" ")));
    }
  }

  @AutoClose private final Children children = new Children();

  private List<String> run(String... args) throws Exception {
    var lesson = children.run(LESSON, args).endInput();
    assertThat(lesson.exitCode()).isZero();
    assertThat(lesson.err()).isEmpty();
    var lines = new ArrayList<>(lesson.out().lines().toList());
    assertThat(lines.removeLast())
        .isEqualTo(("Again: ./jbang 08 " + String.join(" ", args)).strip());
    return lines;
  }

  private static void needsSs() {
    assumeTrue(hasSs(), "no ss here to ask the kernel with");
  }

  private static boolean hasSs() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "ss")));
  }

  private List<Row> table() throws Exception {
    return run().stream().filter(line -> line.matches("[A-Z]+_.*")).map(Row::parse).toList();
  }

  private static Row row(List<Row> table, String option, String type) {
    return table.stream()
        .filter(row -> row.option.equals(option) && row.types.contains(type))
        .findAny()
        .orElseThrow();
  }

  @Test
  void hasARowForEveryOptionOfEveryType() throws Exception {
    var wanted = new ArrayList<String>();
    try (var s = new Socket();
        var ss = new ServerSocket();
        var ds = new DatagramSocket(null);
        var sc = SocketChannel.open();
        var ssc = ServerSocketChannel.open();
        var dc = DatagramChannel.open();
        var usc = SocketChannel.open(StandardProtocolFamily.UNIX);
        var ussc = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      addAll(wanted, "S", s.supportedOptions());
      addAll(wanted, "SS", ss.supportedOptions());
      addAll(wanted, "DS", ds.supportedOptions());
      addAll(wanted, "SC", sc.supportedOptions());
      addAll(wanted, "SSC", ssc.supportedOptions());
      addAll(wanted, "DC", dc.supportedOptions());
      addAll(wanted, "USC", usc.supportedOptions());
      addAll(wanted, "USSC", ussc.supportedOptions());
    }
    var shown =
        table().stream()
            .flatMap(row -> row.types.stream().map(type -> type + " " + row.option))
            .toList();
    assertThat(shown).containsExactlyInAnyOrderElementsOf(wanted);
  }

  private static void addAll(List<String> to, String type, Set<SocketOption<?>> options) {
    options.forEach(option -> to.add(type + " " + option.name()));
  }

  @Test
  void showsTheDefaultsThatANewSocketHas() throws Exception {
    var rows = table();
    try (var socket = new Socket();
        var listener = new ServerSocket()) {
      assertThat(row(rows, "TCP_NODELAY", "S").before).isEqualTo("" + socket.getTcpNoDelay());
      assertThat(row(rows, "SO_LINGER", "S").before).isEqualTo("" + socket.getSoLinger());
      assertThat(row(rows, "SO_RCVBUF", "S").before).isEqualTo("" + socket.getReceiveBufferSize());
      assertThat(row(rows, "SO_SNDBUF", "S").before).isEqualTo("" + socket.getSendBufferSize());
      assertThat(row(rows, "SO_REUSEADDR", "SS").before).isEqualTo("" + listener.getReuseAddress());
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "only this kernel doubles a buffer's size")
  void showsWhatTheKernelDoubledAndJavaHalves() throws Exception {
    needsSs();
    var rows = table();
    for (var type : List.of("S", "SS", "SC", "SSC", "DS", "DC")) {
      var row = row(rows, "SO_RCVBUF", type);
      assertThat(List.of(row.set, row.after, row.kernel))
          .as(type)
          .containsExactly("10000", "10000", "20000");
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "asks what ss says")
  void showsWhatElseTheKernelHolds() throws Exception {
    needsSs();
    var rows = table();
    assertThat(row(rows, "SO_SNDBUF", "S").kernel).isEqualTo("20000");
    assertThat(row(rows, "IP_TOS", "S").kernel).isEqualTo("0x3c");
    assertThat(row(rows, "SO_KEEPALIVE", "SC").kernel).isEqualTo("keepalive");
  }

  /** How long is the machine's affair; that all three ran, and how to run them again, is ours. */
  @Test
  void comparesTwoWritesWithOne() throws Exception {
    var time = ".* first [0-9]+ µs, median [0-9]+ µs";
    assertThat(run("stall"))
        .satisfiesExactly(
            line -> assertThat(line).matches("one write, read " + time),
            line -> assertThat(line).matches("write, write, read " + time),
            line -> assertThat(line).matches("the same, TCP_NODELAY " + time),
            line ->
                assertThat(line).matches("Two .* [0-9]+[.][0-9] times .* [0-9]+[.][0-9] times[.]"));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "other systems have other rules")
  void bindsAgainWhereTheOptionAllowsIt() throws Exception {
    assertThat(run("rebind"))
        .satisfiesExactly(
            off -> assertThat(off).matches("SO_REUSEADDR off, .*restart: +Address already in use"),
            on -> assertThat(on).matches("SO_REUSEADDR on, .*restart: +bound"),
            live -> assertThat(live).matches("SO_REUSEADDR on, .*live.*: Address already in use"),
            port -> assertThat(port).matches("SO_REUSEPORT on, .*live.*: bound"));
  }

  @Test
  void endsWithAResetWhereItDoesNotLinger() throws Exception {
    assertThat(run("linger"))
        .satisfiesExactly(
            fin -> assertThat(fin).isEqualTo("SO_LINGER -1: the peer reads -1"),
            rst -> assertThat(rst).matches("SO_LINGER 0: .*SocketException: Connection reset"));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "asks what ss says")
  void showsTheTimerOfKeepalive() throws Exception {
    needsSs();
    assertThat(run("keepalive"))
        .satisfiesExactly(
            on -> assertThat(on).matches("SO_KEEPALIVE on: timer:\\(keepalive,1(19|20)min,0\\)"),
            idle -> assertThat(idle).matches("TCP_KEEPIDLE 30: timer:\\(keepalive,[23].sec,0\\)"));
  }

  @Test
  void runsWithoutSsAndSaysSo(@TempDir Path empty) throws Exception {
    var command = Children.command(LESSON, List.of(), "demo");
    command.environment().put("PATH", empty.toString());
    var lesson = children.start(command).endInput();

    assertThat(lesson.exitCode()).isZero();
    assertThat(lesson.err()).isEmpty();
    assertThat(lesson.out().lines().filter(line -> line.contains("no ss"))).hasSize(1);
    assertThat(lesson.out()).contains("SO_RCVBUF", "Two writes", "SO_LINGER 0");
  }
}
