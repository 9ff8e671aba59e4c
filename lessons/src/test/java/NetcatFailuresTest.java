import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lesson 02 as a tool: each way to fail has its exit code and its one line. */
class NetcatFailuresTest {
  private static final Lesson NETCAT = Lesson.named("L02Netcat");

  @AutoClose private final Children children = new Children();

  private Child netcat(String... args) throws Exception {
    return children.run(NETCAT, args);
  }

  private static void expect(int exitCode, String line, Child netcat) throws Exception {
    assertThat(netcat.exitCode()).isEqualTo(exitCode);
    assertThat(netcat.errLines()).singleElement().asString().matches("nc: " + line);
    assertThat(netcat.out()).isEmpty();
  }

  @Test
  void refused() throws Exception {
    try (var silent = new Socket()) { // bound, so that nobody else takes it, and not listening
      silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      expect(3, "refused: .+", netcat("127.0.0.1", "" + silent.getLocalPort()));
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere a full accept queue may refuse")
  void timedOut() throws Exception {
    try (var listener = Wire.listen();
        var first = Wire.call(listener.getLocalPort());
        var second = Wire.call(listener.getLocalPort())) {
      assertThat(first.peerPort()).isEqualTo(second.peerPort());
      expect(4, "timed out: .+", netcat("-w", "1", "127.0.0.1", "" + listener.getLocalPort()));
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "this kernel sends nothing to a group over TCP")
  void unreachable() throws Exception {
    expect(5, "unreachable: .+", netcat("-w", "1", "224.0.0.1", "80"));
  }

  @Test
  void unknownHost() throws Exception {
    expect(6, "unknown host: no[.][.]name.*", netcat("no..name", "80"));
  }

  /** 203.0.113.7 belongs to nobody (RFC 5737). */
  @Test
  void sourceNotOurs() throws Exception {
    try (var listener = Wire.listen()) {
      var port = "" + listener.getLocalPort();
      expect(1, "not ours: .+", netcat("-s", "203.0.113.7", "127.0.0.1", port));
    }
  }

  @Test
  void portTaken() throws Exception {
    try (var listener = Wire.listen()) {
      var port = "" + listener.getLocalPort();
      expect(1, ".*\\b" + port + "\\b.*", netcat("-l", port));
    }
  }

  @Test
  void nobodyCalls() throws Exception {
    var netcat = netcat("-w", "1", "-l", "0");
    assertThat(netcat.exitCode()).isEqualTo(4);
    assertThat(netcat.errLines()).hasSize(2).last().asString().startsWith("nc: timed out: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost 0",
        "localhost -1",
        "localhost 65536",
        "localhost +80",
        "localhost ٨٠",
        "localhost http",
        "localhost 80 81",
        "demo 80 81",
        "-l",
        "-l localhost 80",
        "-l 65536",
        "-w",
        "-w 0 localhost 80",
        "-w 101 localhost 80",
        "-w 1.5 localhost 80",
        "-s here localhost 80",
        "-s",
        "-z localhost 80",
      })
  void usage(String args) throws Exception {
    Usage.expect(NETCAT, args.split(" "));
  }
}
