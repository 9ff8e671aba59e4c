package grader;

import static grader.FakeWorkbook.accepted;
import static grader.FakeWorkbook.greeting;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop as a learner has it: a process in a terminal, which tmux plays. */
@Tag("all") // each is a loop in a terminal
class WatchInATerminalTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path root;

  private FakeWorkbook fake;

  private final String server = "sockets-by-hand-" + UUID.randomUUID();

  @BeforeEach
  void open() {
    assumeTrue(isOnPath("tmux"), "skipped: no tmux");
    fake = new FakeWorkbook(root);
  }

  @AfterEach
  void close() throws Exception {
    if (isOnPath("tmux")) tmux("kill-server");
  }

  @Test
  void fromTheFirstLookToQuitAndBack() throws Exception {
    start(80, "");
    screen("1.1 A greeting", "– greets with the host's name", "n next, h hint");

    fake.work(greeting("    return \"EHLO \" + host;"));
    screen("5 of 10 points", "✗ ends the line with CR LF", "then save.");
    type("h");
    screen("hint 1 of 3: Nudge");
    type("h");
    screen("hint 2 of 3: Concept");

    fake.work(accepted());
    screen("Solved, with 10 of 10 points.");
    type("p");
    screen("█████", "All points");
    type("q");
    screen("ended with 0");
    leavesNoProcess();

    fake.work(greeting("    return \"EHLO \" + host;"));
    tmux("send-keys", "-t", "watch", run("", "watch"), "Enter");
    screen("5 of 10 points", "✗ ends the line with CR LF");
  }

  @Test
  void fitsANarrowTerminalWithoutColor() throws Exception {
    start(50, "NO_COLOR=1 ");
    screen("1.1 A greeting");
    fake.work(greeting("    return \"EHLO \" + host;"));
    screen("5 of 10 points", "then save.");
    var page = tmux("capture-pane", "-t", "watch", "-p", "-e");
    assertThat(page).doesNotContain("\033[3").contains("got    EHLO lib.example");
    type("l");
    screen("exercises solved");
  }

  /** Whatever scrolls out: what has failed, why, and what may be asked for stay in sight. */
  @Test
  void aLowScreenShowsTheEndOfAPage() throws Exception {
    start(80, 12, "", "watch");
    screen("n next, h hint");
    fake.work(greeting("    return \"EHLO \" + host;"));
    screen("✗ ends the line with CR LF\n    gave", "then save.", "n next, h hint", "q quit");
    var scrolled = tmux("capture-pane", "-t", "watch", "-p", "-S", "-");
    assertThat(scrolled).contains("1.1 A greeting").doesNotContain("5 points\n–");
  }

  @Test
  void everyCommandFitsTheWindow() throws Exception {
    fake.work(greeting("    return \"EHLO \" + host;"));
    start(50, 40, "", "check 1.1");
    screen("ended with 1");
    var widest = "1.1 A greeting                      5 of 10 points\n";
    assertThat(tmux("capture-pane", "-t", "watch", "-p")).contains(widest);
  }

  @Test
  void aDumbTerminalGetsLinesAndWords() throws Exception {
    fake.work(greeting("    return \"EHLO \" + host;"));
    start(80, 40, "TERM=dumb ", "watch");
    screen("failed: ends the line with CR LF", "n next, h hint");
    type("h");
    type("Enter");
    screen("failed: ends the line with CR LF", "hint 1 of 3: Nudge");
    type("q");
    type("Enter");
    screen("ended with 0");
  }

  @Test
  void ctrlCEndsItAndAllItsChildren() throws Exception {
    start(80, "");
    screen("n next, h hint");
    fake.work(greeting("    while (true) Thread.onSpinWait();"));
    await().atMost(PATIENCE).until(() -> processes().size() > 1);
    type("C-c");
    screen("ended with 0");
    leavesNoProcess();
  }

  @Test
  void aTerminalThatIsClosedEndsItAndAllItsChildren() throws Exception {
    start(80, "");
    screen("n next, h hint");
    fake.work(greeting("    while (true) Thread.onSpinWait();"));
    await().atMost(PATIENCE).until(() -> processes().size() > 1);
    tmux("kill-server");
    leavesNoProcess();
  }

  @Test
  void sigtermEndsItAndAllItsChildren() throws Exception {
    start(80, "");
    screen("n next, h hint");
    await().atMost(PATIENCE).until(() -> processes().size() > 1); // the one that is ahead
    var loop = processes().stream().filter(each -> isTheLoop(each)).findFirst().orElseThrow();
    loop.destroy();
    screen("ended with 143");
    leavesNoProcess();
  }

  private void start(int columns, String environment) throws Exception {
    start(columns, 40, environment, "watch");
  }

  private void start(int columns, int rows, String environment, String command) throws Exception {
    tmux(
        "-f",
        "/dev/null",
        "new-session",
        "-d",
        "-s",
        "watch",
        "-x",
        "" + columns,
        "-y",
        "" + rows,
        "sh");
    tmux("send-keys", "-t", "watch", run(environment, command), "Enter");
  }

  /** What is typed at the prompt; short, so that it fits the narrowest screen. */
  private String run(String environment, String command) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var script = root.resolve("watch.sh");
    Files.writeString(
        script,
        """
        cd '%s' && %s '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dmark='%s' -cp '%s' grader.Main %s
        echo "ended with $?"
        """
            .formatted(
                root, environment, java, root, System.getProperty("java.class.path"), command));
    return "clear; sh " + script;
  }

  private void type(String key) throws Exception {
    tmux("send-keys", "-t", "watch", key);
  }

  private void screen(String... texts) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(tmux("capture-pane", "-t", "watch", "-p")).contains(texts));
  }

  private void leavesNoProcess() {
    await().atMost(PATIENCE).until(() -> processes().isEmpty());
  }

  /** The loop, and the children that it has started. */
  private List<ProcessHandle> processes() {
    var loops = ProcessHandle.allProcesses().filter(this::isTheLoop).toList();
    var all = new ArrayList<>(loops);
    for (var loop : loops) loop.descendants().forEach(all::add);
    return all;
  }

  private boolean isTheLoop(ProcessHandle process) {
    return process
        .info()
        .arguments()
        .map(Arrays::asList)
        .orElse(List.of())
        .contains("-Dmark=" + root);
  }

  /**
   * On a server of this test's own: nobody's sessions are touched, and none that is still ending is
   * asked.
   */
  private String tmux(String... words) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("tmux", "-L", server));
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(java.util.Map.of("LC_ALL", "C.UTF-8", "TERM", "xterm-256color"));
    builder.environment().keySet().removeAll(List.of("NO_COLOR", "TMUX"));
    var process = builder.start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return said;
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
