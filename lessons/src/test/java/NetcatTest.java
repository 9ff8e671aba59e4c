import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Lesson 02 as a tool: it carries every byte both ways, to the end of each. */
class NetcatTest {
  private static final Lesson NETCAT = Lesson.named("L02Netcat");
  private static final int BIG = 8 * 1024 * 1024; // more than the kernel holds for both ends

  @AutoClose private final Children children = new Children();
  @AutoClose private ServerSocket listener;

  @BeforeEach
  void listen() throws Exception {
    listener = Wire.listen();
  }

  private Child call(String... options) throws Exception {
    return children.run(NETCAT, words(options, "127.0.0.1", "" + listener.getLocalPort()));
  }

  private static String[] words(String[] options, String... more) {
    return Stream.of(options, more).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private Wire answer() throws Exception {
    return Wire.accept(listener);
  }

  private static byte[] bytes(int seed) {
    var bytes = new byte[BIG];
    new Random(seed).nextBytes(bytes); // every value occurs, so does every pair of values
    return bytes;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  private static void endsWell(Child netcat, byte[] heard) throws Exception {
    assertThat(netcat.exitCode()).as(netcat.err()).isZero();
    assertThat(netcat.outBytes()).isEqualTo(heard);
    assertThat(netcat.err()).isEmpty();
  }

  private static void isLost(Child netcat) throws Exception {
    assertThat(netcat.exitCode()).isEqualTo(1);
    assertThat(netcat.errLines()).singleElement().asString().startsWith("nc: lost: ");
  }

  @Test
  void hearsTheAnswerAfterItHasSaidAll() throws Exception {
    var netcat = call().feed(ascii("question"));
    try (var peer = answer()) {
      assertThat(peer.hearAll()).isEqualTo(ascii("question"));
      peer.say(ascii("answer"));
    }
    endsWell(netcat, ascii("answer"));
  }

  @Test
  void goesOnTalkingWhenThePeerHasSaidAll() throws Exception {
    var netcat = call();
    try (var peer = answer()) {
      peer.say(ascii("answer")).finish();
      netcat.awaitOut("answer");
      netcat.feed(ascii("question"));
      assertThat(peer.hearAll()).isEqualTo(ascii("question"));
    }
    endsWell(netcat, ascii("answer"));
  }

  @Test
  void takesMuchWhileItsOwnWordsWait() throws Exception {
    var netcat = call().feed(bytes(1));
    try (var peer = answer()) {
      peer.say(bytes(2)).finish(); // before it hears a byte
      assertThat(peer.hearAll()).isEqualTo(bytes(1));
    }
    endsWell(netcat, bytes(2));
  }

  @Test
  void saysMuchToOneWhoIsSilentUntilItHasHeardAll() throws Exception {
    var netcat = call().feed(bytes(1));
    try (var peer = answer()) {
      assertThat(peer.hearAll()).isEqualTo(bytes(1));
      peer.say(bytes(2));
    }
    endsWell(netcat, bytes(2));
  }

  @Test
  void twoOfThemCarryMuchBothWays() throws Exception {
    var one = children.run(NETCAT, "-l", "0").feed(bytes(1));
    var port = one.awaitErr("localhost\\D+([0-9]+)").group(1);
    var other = children.run(NETCAT, "localhost", port).feed(bytes(2));
    endsWell(other, bytes(1));
    assertThat(one.exitCode()).isZero();
    assertThat(one.outBytes()).isEqualTo(bytes(2));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "127.0.0.2 is an address of its own on Linux")
  void callsFromTheAddressItIsTold() throws Exception {
    var netcat = call("-s", "127.0.0.2").endInput();
    try (var peer = answer()) {
      assertThat(peer.socket().getInetAddress()).isEqualTo(InetAddress.ofLiteral("127.0.0.2"));
    }
    endsWell(netcat, new byte[0]);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "a group refuses TCP at once only on Linux")
  void triesEveryAddressInTurn(@TempDir Path folder) throws Exception {
    var netcat = callHome(folder, "224.0.0.1", "127.0.0.2", "127.0.0.1").endInput();
    answer().say(ascii("reached")).close();
    assertThat(netcat.exitCode()).isZero();
    assertThat(netcat.out()).isEqualTo("reached");
    assertThat(netcat.errLines())
        .containsExactly("nc: unreachable, trying 127.0.0.2", "nc: refused, trying 127.0.0.1");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "a group refuses TCP at once only on Linux")
  void saysHowTheLastAddressFailed(@TempDir Path folder) throws Exception {
    var netcat = callHome(folder, "224.0.0.1", "127.0.0.2").endInput();
    assertThat(netcat.exitCode()).isEqualTo(3);
    assertThat(netcat.errLines()).hasSize(2).last().asString().startsWith("nc: refused: ");
  }

  /** Calls a host that has these addresses, in this order. */
  private Child callHome(Path folder, String... addresses) throws Exception {
    var hosts = folder.resolve("hosts");
    Files.write(hosts, Stream.of(addresses).map(address -> address + " home").toList());
    var options = List.of("-Djdk.net.hosts.file=" + hosts);
    var port = "" + listener.getLocalPort();
    return children.start(Children.command(NETCAT, options, "home", port));
  }

  @Test
  void isLostWhenThePeerResets() throws Exception {
    var netcat = call();
    answer().say(ascii("half an ans")).reset();
    isLost(netcat);
  }

  /** Both directions fail at once, and race to say so. */
  @RepeatedTest(5)
  void saysSoOnceWhenThePeerResetsInTheMiddleOfMuch() throws Exception {
    var netcat = call().feed(bytes(1));
    var peer = answer();
    assertThat(peer.hear(100_000)).hasSize(100_000);
    peer.reset();
    isLost(netcat);
  }

  @Test
  void isLostWhenNobodyReadsItsOutput() throws Exception {
    var port = "" + listener.getLocalPort();
    var netcat = children.startUnread(Children.command(NETCAT, List.of(), "127.0.0.1", port));
    try (var peer = answer().say(ascii("a line that nobody reads\n"))) {
      isLost(netcat);
      assertThat(peer.hearAllOrReset()).isEmpty();
    }
  }

  @Test
  void givesUpOnASilentPeer() throws Exception {
    var netcat = call("-w", "1");
    try (var peer = answer()) {
      assertThat(netcat.exitCode()).isEqualTo(4);
      assertThat(netcat.errLines()).singleElement().asString().startsWith("nc: timed out: ");
      assertThat(peer.hearAllOrReset()).isEmpty();
    }
  }

  @Test
  void takesOneCallerAndRefusesTheNext() throws Exception {
    var netcat = children.run(NETCAT, "-l", "0").endInput();
    int port = Integer.parseInt(netcat.awaitErr("localhost\\D+([0-9]+)").group(1));
    try (var first = Wire.call(port)) {
      assertThat(first.hearAll()).isEmpty(); // it has accepted us, and has nothing to say
      assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> Wire.call(port));
      first.say(ascii("still heard"));
    }
    assertThat(netcat.exitCode()).isZero();
    assertThat(netcat.out()).isEqualTo("still heard");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "listening sockets are read from /proc")
  void listensOnLoopbackOnly() throws Exception {
    var netcat = children.run(NETCAT, "-l", "0");
    netcat.awaitErr("localhost\\D+[0-9]+");
    assertThat(new Proc(netcat.pid()).listeners())
        .isNotEmpty()
        .allMatch(InetAddress::isLoopbackAddress);
  }
}
