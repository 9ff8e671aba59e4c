import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lesson 14: what each mechanism tells, and the server that stands on it. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "epoll is a call of Linux")
class PollAndEpollTest {
  private static final Lesson LESSON = Lesson.named("L14PollAndEpoll");

  @AutoClose private final Children children = new Children();

  /** Each call of C that the lesson makes costs its process much: in the plain tier one of two. */
  private static List<String> mechanisms() {
    return Tier.ALL ? List.of("poll", "epoll") : List.of("epoll");
  }

  private record Server(Child child, int port) {}

  private Server serve(String mechanism, String... options) throws Exception {
    int port = freePort();
    var command = Children.command(LESSON, List.of(options), mechanism, Integer.toString(port));
    var child = children.start(command).endInput();
    child.awaitOut("Listening on localhost:" + port + "\n");
    return new Server(child, port);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void theLevelIsToldEveryTimeAndTheEdgeOnce() throws Exception {
    assertThat(children.run(LESSON).out())
        .isEqualTo(
            """
                          8 come     again      4 read     1 comes    5 read
            poll          ready      ready      ready      ready      -
            epoll         ready      ready      ready      ready      -
            epoll, edge   ready      -          -          ready      -
            """);
  }

  @ParameterizedTest
  @MethodSource("mechanisms")
  void hearsManyInAnyOrderWhileOthersAreSilent(String mechanism) throws Exception {
    var server = serve(mechanism);
    try (var first = Wire.call(server.port);
        var second = Wire.call(server.port);
        var third = Wire.call(server.port)) {
      for (var caller : List.of(third, first, second, third)) {
        int from = server.child.printed();
        caller.say(bytes("hello\n"));
        server.child.awaitOut("Port " + caller.port() + ": hello\n", from);
      }
      second.finish();
      server.child.awaitOut("Port " + second.port() + " has left\n");
      first.reset();
      server.child.awaitOut("Port " + first.port() + " lost: errno 104\n"); // ECONNRESET
      third.say(bytes("still here"));
      server.child.awaitOut("Port " + third.port() + ": still here\n");
    }
  }

  /** The number of one who has left is the next one's, and so is its row. */
  @ParameterizedTest
  @MethodSource("mechanisms")
  void keepsNothingOfThoseWhoHaveLeft(String mechanism) throws Exception {
    var server = serve(mechanism);
    int held = new Proc(server.child.pid()).descriptors().size();
    for (int i = 0; i < (Tier.ALL ? 300 : 40); i++) {
      try (var caller = Wire.call(server.port)) {
        caller.say(bytes("number " + i));
        server.child.awaitOut("Port " + caller.port() + ": number " + i + "\n");
        caller.reset();
        server.child.awaitOut("Port " + caller.port() + " lost: errno 104\n");
      }
    }
    Proc.soon().until(() -> new Proc(server.child.pid()).descriptors().size() <= held);
  }

  @ParameterizedTest
  @MethodSource("mechanisms")
  void goesOnAfterASignal(String mechanism) throws Exception {
    var server = serve(mechanism);
    try (var caller = Wire.call(server.port)) {
      server.child.awaitOut("Port " + caller.port() + " calls\n");
      for (var signal : List.of("STOP", "CONT")) { // epoll_wait then ends with EINTR
        var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(server.child.pid()));
        assertThat(kill.start().waitFor()).isZero();
      }
      caller.say(bytes("after the signal"));
      server.child.awaitOut(": after the signal\n");
    }
  }

  @ParameterizedTest
  @MethodSource("mechanisms")
  void waitsForADescriptorAndDoesNotSpin(String mechanism) throws Exception {
    int port = freePort();
    var java = Children.command(LESSON, List.of("-XX:-MaxFDLimit"), mechanism, "" + port).command();
    var command = new ProcessBuilder("sh", "-c", "ulimit -n 24; exec \"$@\"", "sh");
    command.command().addAll(java);
    var server = children.start(command).endInput();
    server.awaitOut("Listening on");
    var callers = new ArrayList<Wire>();
    try {
      for (int i = 0; i < 24; i++) callers.add(Wire.call(port));
      server.awaitOut("Port " + callers.getFirst().port() + " calls\n");
      callers.getFirst().say(bytes("one more")); // served, though others wait
      server.awaitOut(": one more\n");
      for (int i = 0; i < 12; i++) callers.get(i).finish();
      server.awaitOut("Port " + callers.getLast().port() + " calls\n");
    } finally {
      for (var caller : callers) caller.close();
    }
    assertThat(server.isAlive()).isTrue();
  }

  @Test
  void showsNoControlCharactersOfStrangers() throws Exception {
    var server = serve("epoll");
    try (var caller = Wire.call(server.port)) {
      caller.say(bytes("\u001b[2Jred\u0007 你好\n"));
      server.child.awaitOut("\n");
      server.child.awaitOut(": \uFFFD\\[2Jred\uFFFD 你好\n");
    }
  }

  @Test
  void namesThePortThatIsInUse() throws Exception {
    var server = serve("poll");
    var second = children.run(LESSON, "epoll", "" + server.port);
    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(second.errLines()).containsExactly("Port " + server.port + " is in use.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"poll 0", "poll 65536", "epoll 080", "epoll -1", "poll 1 2", "select"})
  void takesNothingButAPort(String arguments) throws Exception {
    Usage.expect(LESSON, arguments.split(" "));
  }

  @Test
  void saysWhatItNeedsWhereThatIsMissing() throws Exception {
    var elsewhere = List.of("-Dos.name=Elsewhere");
    var demo = children.start(Children.command(LESSON, elsewhere, "demo"));
    assertThat(demo.exitCode()).isZero();
    assertThat(demo.out()).isEqualTo("Lesson 14 needs Linux: no other system has epoll.\n");
    assertThat(demo.err()).isEmpty();
    var server = children.start(Children.command(LESSON, elsewhere, "poll"));
    assertThat(server.exitCode()).isEqualTo(1);
    assertThat(server.errLines()).hasSize(1);
  }

  /** What the first lines of the lesson ask of java spares us this. */
  @Test
  void warnsOfNativeAccessThatNobodyHasAllowed() throws Exception {
    var named = List.of("-cp", Lesson.classes().toString(), LESSON.name());
    var bare = children.start(Children.java(named));
    assertThat(bare.exitCode()).isZero();
    assertThat(bare.err())
        .contains("WARNING: A restricted method in java.lang.foreign.Linker has been called")
        .contains("Use --enable-native-access=ALL-UNNAMED to avoid a warning");
    var refused = children.start(Children.java(List.of("--illegal-native-access=deny"), named));
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("IllegalCallerException");
  }
}
