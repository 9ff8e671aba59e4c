import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside lesson 18: each connection is the input and the output of a process of its own. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the script needs Linux, and says so")
class InetdTest {
  private static final int MAX_CHILDREN = 10; // as the script has it
  private static final String GREETING = "Welcome. Enter 0, or exit.\n";
  private static final Pattern PROCESS = Pattern.compile("process ([0-9]+), .*, answer 1\n");
  private static final List<String> DIALOGUE =
      Children.java(List.of("-Xmx16m", "-cp", Lesson.classes().toString(), "L18Forking", "child"))
          .command();

  @AutoClose private final Children children = new Children();
  private final List<ProcessHandle> orphans = new ArrayList<>();

  @AfterEach
  void endOrphans() {
    orphans.forEach(ProcessHandle::destroyForcibly);
  }

  private Child inetd(List<String> command) throws IOException {
    return inetd("0", command);
  }

  private Child inetd(String port, List<String> command) throws IOException {
    var options = List.of("--enable-native-access=ALL-UNNAMED");
    var script = List.of("-cp", Lesson.classes().toString(), "Inetd", port);
    return children.start(Children.java(options, script, command)).endInput();
  }

  private static int port(Child server) throws InterruptedException {
    return Integer.parseInt(server.awaitOut("Listening on localhost:([0-9]+)").group(1));
  }

  private static Wire greeted(int port) throws IOException {
    var caller = Wire.call(port);
    assertThat(new String(caller.hear(GREETING.length()), ISO_8859_1)).isEqualTo(GREETING);
    return caller;
  }

  private static void echoes(Wire caller, String text) throws IOException {
    caller.say((text + "\n").getBytes(ISO_8859_1));
    assertThat(new String(caller.hear(text.length() + 1), ISO_8859_1)).isEqualTo(text + "\n");
  }

  /** Whoever answers, named by the answer. */
  private ProcessHandle process(Wire caller) throws IOException {
    caller.say("who\n".getBytes(ISO_8859_1));
    var answer = new StringBuilder();
    while (answer.indexOf("\n") < 0) answer.append(new String(caller.hear(1), ISO_8859_1));
    var who = PROCESS.matcher(answer);
    assertThat(who.matches()).as(answer.toString()).isTrue();
    orphans.add(ProcessHandle.of(Long.parseLong(who.group(1))).orElseThrow());
    return orphans.getLast();
  }

  private static List<ProcessHandle> below(Child server) {
    return ProcessHandle.of(server.pid()).orElseThrow().children().toList();
  }

  @Test
  void eachCallerTalksToAProcessOfItsOwnAndNoZombieStays() throws Exception {
    var server = inetd(DIALOGUE);
    int port = port(server);
    try (var amy = greeted(port);
        var bob = greeted(port)) {
      var processes = List.of(process(amy), process(bob));
      assertThat(below(server)).containsExactlyInAnyOrderElementsOf(processes);
      assertThat(new Proc(server.pid()).sockets()).hasSize(1); // it listens, and no more

      processes.getFirst().destroyForcibly();
      assertThat(amy.hearAllOrReset()).isEmpty();
      server.awaitOut("Ended process " + processes.getFirst().pid() + ", exit code 137");
      echoes(bob, "and I?");

      bob.say("exit\n".getBytes(ISO_8859_1));
      assertThat(new String(bob.hearAll(), ISO_8859_1)).isEqualTo("Goodbye\n");
      server.awaitOut("Ended process " + processes.getLast().pid() + ", exit code 0");
      assertThat(below(server)).isEmpty(); // a zombie would be one of them
    }
    server.awaitErr("(?m)^has left$"); // the children's stderr is the server's
  }

  /** SIGTERM and SIGKILL end the server alone. What it has handed over is no longer its own. */
  private static List<Boolean> killed() {
    return Tier.ALL ? List.of(false, true) : List.of(true);
  }

  @ParameterizedTest
  @MethodSource("killed")
  void aConversationOutlivesItsServerAndDoesNotKeepThePort(boolean killed) throws Exception {
    var server = inetd(List.of("cat"));
    int port = port(server);
    try (var caller = Wire.call(port)) {
      echoes(caller, "here");
      var process = below(server).getFirst();
      orphans.add(process);
      if (killed) ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();
      else server.terminate();
      assertThat(server.exitCode()).isEqualTo(killed ? 137 : 143);
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
      echoes(caller, "still here");
      caller.finish();
      assertThat(caller.hearAll()).isEmpty();
      Proc.soon().until(() -> !process.isAlive());
    }
  }

  @Test
  void aProgramThatKnowsNoSocketGetsTheConnectionTheEnvironmentAndNothingElse() throws Exception {
    var server = inetd(List.of("sh", "-c", "echo $PATH; read -r line; sort")); // sh is in PATH
    try (var caller = Wire.call(port(server))) {
      var path = System.getenv("PATH") + "\n";
      assertThat(new String(caller.hear(path.length()), ISO_8859_1)).isEqualTo(path);
      var descriptors = new Proc(below(server).getFirst().pid()).descriptors();
      assertThat(descriptors).hasSize(3).filteredOn(to -> to.startsWith("socket:")).hasSize(2);
      caller.say("\npear\napple\n".getBytes(ISO_8859_1)).finish();
      assertThat(new String(caller.hearAll(), ISO_8859_1)).isEqualTo("apple\npear\n");
    }
  }

  @Test
  void theEleventhCallerWaitsForAPlace() throws Exception {
    var server = inetd(List.of("cat"));
    int port = port(server);
    var callers = new ArrayList<Wire>();
    for (int i = 0; i < MAX_CHILDREN; i++) callers.add(Wire.call(port));
    for (var caller : callers) echoes(caller, "here");
    try (var next = Wire.call(port)) {
      next.say("me too\n".getBytes(ISO_8859_1));
      echoes(callers.getLast(), "still here");
      assertThat(below(server)).hasSize(MAX_CHILDREN);
      assertThat(next.available()).isZero();
      callers.getFirst().close();
      assertThat(new String(next.hear(7), ISO_8859_1)).isEqualTo("me too\n");
    } finally {
      for (var caller : callers) caller.close();
    }
    Proc.soon().until(() -> below(server).isEmpty());
  }

  @Test
  void aCommandThatIsNotThereIsReportedForEachCallerAndTheServerGoesOn() throws Exception {
    var server = inetd(List.of("/nowhere/to/be/found"));
    int port = port(server);
    for (int i = 0; i <= MAX_CHILDREN; i++) { // so each has given its place back
      try (var caller = Wire.call(port)) {
        assertThat(caller.hearAllOrReset()).isEmpty();
      }
    }
    server.awaitOut("Failed: posix_spawnp: errno 2");
    assertThat(new Proc(server.pid()).sockets()).hasSize(1);
  }

  @Test
  void aPortThatIsTakenIsNamedInOneLine() throws Exception {
    try (var taken = Wire.listen()) {
      var port = Integer.toString(taken.getLocalPort());
      var server = inetd(port, List.of("cat"));
      assertThat(server.exitCode()).isEqualTo(1);
      assertThat(server.errLines()).singleElement().asString().contains(port);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"8018", "nonsense cat", "65536 cat"})
  void anythingElseGetsTheUsageInOneLine(String words) throws Exception {
    var script = List.of("-cp", Lesson.classes().toString(), "Inetd");
    var run = children.start(Children.java(script, List.of(words.split(" ")))).endInput();
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errLines()).containsExactly("usage: ./jbang inetd PORT COMMAND...");
    assertThat(run.out()).isEmpty();
  }
}
