import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lesson 17: what only a server with virtual threads shows. */
class VirtualThreadsTest {
  private static final Lesson VIRTUAL_THREADS = Lesson.named("L17VirtualThreads");
  private static final Pattern COST =
      Pattern.compile("([0-9,]+) clients: [0-9]+ kB, ([0-9]+) threads");

  @AutoClose private final Children children = new Children();

  private List<String> demo() throws Exception {
    var demo = children.run(VIRTUAL_THREADS, "demo").endInput();
    assertThat(demo.exitCode()).isZero();
    return demo.out().lines().map(String::strip).toList();
  }

  @Test
  void theDemoShowsWhatKeepsACarrierAndWhatEndsACall() throws Exception {
    var lines = demo();
    assertThat(lines.subList(1, 5))
        .satisfiesExactly(
            line -> assertThat(line).matches("a sleep +yes"),
            line -> assertThat(line).matches("a sleep, synchronized +yes"),
            line -> assertThat(line).matches("a sleep in a class's static block +no"),
            line -> assertThat(line).matches("a computation +no"));
    var interrupted = lines.subList(6, 11);
    assertThat(interrupted.subList(0, 3))
        .allMatch(line -> line.matches(".*still blocked +SocketException: Closed by interrupt"));
    assertThat(interrupted.get(3)).matches("read, channel( +ClosedByInterruptException){2}");
    assertThat(interrupted.get(4)).matches("select( +returns){2}");
    var closed = lines.subList(12, 17);
    assertThat(closed.subList(0, 3))
        .allMatch(line -> line.matches(".*?( +SocketException: Socket closed){2}"));
    assertThat(closed.get(3)).matches("read, channel( +AsynchronousCloseException){2}");
    assertThat(closed.get(4)).matches("select( +returns){2}");
  }

  @Test
  @Tag("all") // EveryArchitectureTest counts the threads of a server that is asked less
  @EnabledOnOs(value = OS.LINUX, disabledReason = "it reads /proc")
  void holdTellsWhatClientsCost() throws Exception {
    var virtual = threadsFor("virtual", 60);
    var platform = threadsFor("platform", 60);
    assertThat(platform - virtual).isBetween(50, 65); // the machine's own threads come and go
  }

  private int threadsFor(String kind, int clients) throws Exception {
    var server = children.run(VIRTUAL_THREADS, "0", kind);
    var port = Service.port(server);
    var hold = children.run(VIRTUAL_THREADS, "hold", "" + port, "" + clients);
    assertThat(hold.exitCode()).isZero();
    var cost = COST.matcher(hold.out().strip());
    assertThat(cost.matches()).as(hold.out()).isTrue();
    assertThat(cost.group(1)).isEqualTo("" + clients);
    return Integer.parseInt(cost.group(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0 sequential", "0 virtual platform", "virtual", "hold", "hold 80", "pin"})
  void nothingElseIsAnArgument(String args) throws Exception {
    Usage.expect(VIRTUAL_THREADS, args.split(" "));
  }

  /** The table of the lesson has no datagrams: a receive hears an interrupt as a read does. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anInterruptEndsAReceiveOnAVirtualThreadOnly(boolean virtual) throws Exception {
    try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      var packet = new DatagramPacket(new byte[9], 9);
      var receive =
          new FutureTask<>(() -> {
            try {
              socket.receive(packet);
              return new String(packet.getData(), 0, packet.getLength(), ISO_8859_1);
            } catch (SocketException ended) {
              return ended.getMessage();
            }
          });
      var thread = virtual ? Thread.ofVirtual().start(receive) : Thread.ofPlatform().start(receive);
      Proc.soon().until(() -> blocks(thread));
      thread.interrupt();
      if (!virtual) send(socket, "a datagram");
      assertThat(receive.get()).isEqualTo(virtual ? "Closed by interrupt" : "a datagra");
    }
  }

  private static boolean blocks(Thread thread) {
    var at = thread.getStackTrace();
    return thread.getState() == Thread.State.WAITING || at.length > 0 && at[0].isNativeMethod();
  }

  private static void send(DatagramSocket to, String text) throws IOException {
    try (var from = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      var bytes = text.getBytes(ISO_8859_1);
      from.send(new DatagramPacket(bytes, bytes.length, to.getLocalSocketAddress()));
    }
  }

  @Test
  void aVirtualThreadIsADaemonForGood() {
    var thread = Thread.ofVirtual().unstarted(() -> {});
    assertThat(thread.isDaemon()).isTrue();
    assertThatThrownBy(() -> thread.setDaemon(false)).isInstanceOf(IllegalArgumentException.class);
  }
}
