import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lesson 18: what ends a process ends nobody else, and nothing outlives its server. */
class ForkingTest {
  private static final Lesson FORKING = Lesson.named("L18Forking");
  private static final int MAX_CHILDREN = 10; // as the lesson has it
  private static final String GREETING = "Welcome. Enter 0, or exit.\n";
  private static final Pattern PROCESS = Pattern.compile("process ([0-9]+), .*, answer ([0-9]+)\n");

  @AutoClose private final Children children = new Children();

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static Wire greeted(int port) throws IOException {
    var caller = Wire.call(port);
    assertThat(new String(caller.hear(GREETING.length()), ISO_8859_1)).isEqualTo(GREETING);
    return caller;
  }

  private static void echoes(Wire caller, String text) throws IOException {
    caller.say(bytes(text + "\n"));
    assertThat(new String(caller.hear(text.length() + 1), ISO_8859_1)).isEqualTo(text + "\n");
  }

  private static ProcessHandle process(Wire caller) throws IOException {
    caller.say(bytes("who\n"));
    var answer = new StringBuilder();
    while (answer.indexOf("\n") < 0) answer.append(new String(caller.hear(1), ISO_8859_1));
    var who = PROCESS.matcher(answer);
    assertThat(who.matches()).as(answer.toString()).isTrue();
    return ProcessHandle.of(Long.parseLong(who.group(1))).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"System.exit(42)", "new byte[1 << 30]", "crash"})
  void whatOneCallerDoesToItsProcessTheOthersDoNotNotice(String last) throws Exception {
    var server = children.run(FORKING, "0");
    int port = Service.port(server);
    try (var unlucky = greeted(port);
        var other = greeted(port)) {
      var process = process(unlucky);
      unlucky.say(bytes(last + "\n"));
      assertThat(unlucky.hearAllOrReset()).isEmpty();
      server.awaitOut("(?m)^Port " + unlucky.port() + " failed: .+$");
      Proc.soon().until(() -> !process.isAlive()); // and so no zombie: that would still be alive
      echoes(other, "and I?");
      greeted(port).close();
    }
  }

  @Test
  void aKilledChildIsReportedByItsExitCode() throws Exception {
    var server = children.run(FORKING, "0");
    int port = Service.port(server);
    try (var unlucky = greeted(port);
        var other = greeted(port)) {
      var process = process(unlucky);
      process.destroyForcibly();
      assertThat(unlucky.hearAllOrReset()).isEmpty();
      server.awaitOut("failed: process " + process.pid() + ", exit code 137");
      echoes(other, "and I?");
    }
  }

  @Test
  void theEleventhCallerWaitsForAPlace() throws Exception {
    var server = children.run(FORKING, "0");
    int port = Service.port(server);
    var callers = new ArrayList<Wire>();
    for (int i = 0; i < MAX_CHILDREN; i++) callers.add(Wire.call(port));
    for (var caller : callers) caller.hear(GREETING.length());
    try (var next = Wire.call(port)) {
      echoes(callers.getLast(), "still here");
      assertThat(ProcessHandle.of(server.pid()).orElseThrow().children()).hasSameSizeAs(callers);
      assertThat(next.available()).isZero();
      callers.getFirst().close();
      assertThat(new String(next.hear(GREETING.length()), ISO_8859_1)).isEqualTo(GREETING);
    } finally {
      for (var caller : callers) caller.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"relay", "prefork"})
  void noChildOutlivesAServerThatIsKilled(String how) throws Exception {
    var server = children.run(FORKING, "0", how);
    try (var _ = greeted(Service.port(server));
        var _ = greeted(Service.port(server))) {
      var handle = ProcessHandle.of(server.pid()).orElseThrow();
      var below = handle.descendants().toList();
      assertThat(below).hasSize(2);
      handle.destroyForcibly();
      Proc.soon().until(() -> below.stream().noneMatch(ProcessHandle::isAlive));
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere SO_REUSEPORT does not deal out calls")
  void aWorkerThatEndsTakesItsCallersAlongAndNoOthers() throws Exception {
    var server = children.run(FORKING, "0", "prefork");
    int port = Service.port(server);
    server.awaitOut("(?s)Listening.*Listening");
    var callers = new ArrayList<Wire>();
    var processes = new ArrayList<ProcessHandle>();
    do { // until the kernel has given one to each
      callers.add(greeted(port));
      processes.add(process(callers.getLast()));
    } while (processes.stream().distinct().count() < 2);
    processes.getLast().destroyForcibly();
    assertThat(callers.getLast().hearAllOrReset()).isEmpty();
    server.awaitOut("Worker Process.pid=" + processes.getLast().pid() + ", exitValue=137");
    echoes(callers.getFirst(), "and I?");
    assertThat(process(greeted(port))).isEqualTo(processes.getFirst());
    for (var caller : callers) caller.close();
  }

  /** Whoever sets SO_REUSEPORT shares a port without asking: so the lesson asks first. */
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere SO_REUSEPORT does not deal out calls")
  void preforkDoesNotShareThePortOfAnother() throws Exception {
    var first = children.run(FORKING, "0", "prefork");
    var port = Integer.toString(Service.port(first));
    for (var how : List.of("prefork", "relay")) {
      var second = children.run(FORKING, port, how);
      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.errLines()).singleElement().asString().contains(port);
    }
  }

  /** The place of a class is told as a URL, and there such a name is spelled in another way. */
  @Test
  @Tag("all") // each process compiles the lesson anew
  void childrenStartFromTheSourceTooWhateverItsFolderIsCalled(@TempDir Path above)
      throws Exception {
    var folder = Files.createDirectory(above.resolve("a bücket, 100%25 full"));
    var source = Files.copy(FORKING.file(), folder.resolve(FORKING.file().getFileName()));
    var server = children.start(Children.java(List.of(source.toString(), "0")));
    try (var caller = greeted(Service.port(server))) {
      assertThat(process(caller).pid()).isNotEqualTo(server.pid());
    }
  }
}
