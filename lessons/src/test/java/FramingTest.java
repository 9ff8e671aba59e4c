import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lesson 05 as a server: what it runs, what it does not, and what becomes of a command that is
 * long, endless or forsaken. Its programs are scripts of ours: it finds them as it finds any, by
 * its PATH.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the programs are scripts of sh")
class FramingTest {
  private static final Lesson LESSON = Lesson.named("L05Framing");

  @AutoClose private static Children children;
  @TempDir private static Path programs;
  private static Child shared;

  private Child server;
  private int port;
  private int printed;

  /** One for all tests that need no other: it looks for a program anew each time. */
  @BeforeAll
  static void startTheSharedServer() throws Exception {
    children = new Children();
    shared = start(Children.command(LESSON, List.of("-Xmx32m"), "0"));
  }

  @BeforeEach
  void removePrograms() throws IOException {
    try (var files = Files.newDirectoryStream(programs)) {
      for (var file : files) Files.delete(file);
    }
  }

  private void program(String name, String script) throws IOException {
    var file = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private void serve() throws Exception {
    serve(shared);
  }

  private void serve(Child server) throws Exception {
    this.server = server;
    port = Service.port(server);
    printed = server.printed();
  }

  /** The lesson with one of its lines changed. */
  private void serveWith(String line, String changed, Path folder) throws Exception {
    assertThat(LESSON.text()).containsOnlyOnce(line);
    var file = folder.resolve(LESSON.name() + ".java");
    Files.writeString(file, LESSON.text().replace(line, changed));
    serve(start(Children.java(List.of(file.toString(), "0"))));
  }

  private static Child start(ProcessBuilder command) throws Exception {
    command.environment().merge("PATH", programs + ":", (path, first) -> first + path);
    return children.start(command).endInput();
  }

  private Frames answer(String... lines) throws IOException {
    try (var caller = Wire.call(port)) {
      caller.say((String.join("\n", lines) + "\nexit\n").getBytes(UTF_8));
      var frames = Frames.of(caller.hearAll());
      assertThat(frames.exitCodes()).hasSize(lines.length + 1).last().isEqualTo(0);
      return frames;
    }
  }

  @Test
  void tellsBothStreamsAndTheExitCode() throws Exception {
    program("ls", "echo to stdout; echo to stderr >&2; exit 3");
    serve();
    assertThat(answer("ls")).isEqualTo(new Frames("to stdout\n", "to stderr\n", List.of(3, 0)));
  }

  @Test
  void runsOneCommandAfterTheOther() throws Exception {
    program("ls", "echo $1; exit $1");
    serve();
    assertThat(answer("ls 1", "ls 2", "ls 3").exitCodes()).containsExactly(1, 2, 3, 0);
  }

  /** No shell has a part in it. */
  @Test
  void handsTheWordsOfALineToTheProgram() throws Exception {
    program("ls", "printf '%s\\n' \"$@\"");
    serve();
    assertThat(
            answer("  ls ; echo  PWNED\t> out $(id) `id` $HOME * 'a b' \\ | cat & é€😀 \r").out())
        .isEqualTo(";\necho\nPWNED\n>\nout\n$(id)\n`id`\n$HOME\n*\n'a\nb'\n\\\n|\ncat\n&\né€😀\n");
    assertThat(children.folder()).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ls; echo PWNED",
        "ls&&ls",
        "/bin/ls",
        "./ls",
        "LS",
        "lsof",
        "rm -r .",
        "",
        "exit now",
        "date -s @0",
        "date -us @0",
        "date -u -d @0 -s @0",
        "date -d @0 --set=@0",
        "date 010100001970",
        "date -f /etc/passwd",
        "date -d",
        "uptime --help",
        "uptime -p -s"
      })
  void refusesWhatIsNotOnItsList(String command) throws Exception {
    for (var name : List.of("ls", "date", "uptime")) program(name, "echo ran");
    serve();
    var refused = "refused, not on the list: " + command + "\n";
    assertThat(answer(command)).isEqualTo(new Frames("", refused, List.of(126, 0)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ls",
        "ls -l /",
        "date",
        "date -u",
        "date -u -d @0 +%Y",
        "date +%H:%M",
        "uptime",
        "uptime -p",
        "uptime -s"
      })
  void runsWhatIsOnItsList(String command) throws Exception {
    for (var name : List.of("ls", "date", "uptime")) program(name, "echo ran");
    serve();
    assertThat(answer(command)).isEqualTo(new Frames("ran\n", "", List.of(0, 0)));
  }

  /** A pattern that is matched by recursion might not come back from it. */
  @Test
  void runsTheLongestLine() throws Exception {
    program("date", "echo $#");
    serve();
    int words = LESSON.limit("MAX_LINE_BYTES") / " -u".length() - 1;
    assertThat(answer("date" + " -u".repeat(words)).out()).isEqualTo(words + "\n");
  }

  @Test
  void saysThatAProgramIsNotThere() throws Exception {
    var command = Children.command(LESSON, List.of(), "0");
    command.environment().put("PATH", programs.toString());
    serve(children.start(command));
    var absent = "no such program here: uptime\n";
    assertThat(answer("uptime")).isEqualTo(new Frames("", absent, List.of(127, 0)));
  }

  /** The server has 32 MB. */
  @Test
  void passesOnMoreThanItsMemoryHolds() throws Exception {
    long bytes = 64L << 20;
    program("ls", "head -c %d /dev/zero".formatted(bytes));
    serve();
    try (var caller = Wire.call(port).say("ls\nexit\n".getBytes(UTF_8))) {
      var in = new DataInputStream(caller.socket().getInputStream());
      long heard = 0;
      for (int type; (type = in.read()) != Frames.EXIT; ) {
        assertThat(type).isEqualTo(Frames.STDOUT);
        int length = in.readInt();
        in.skipNBytes(length);
        heard += length;
      }
      assertThat(heard).isEqualTo(bytes);
      assertThat(caller.hearAll()).hasSize(4 + 4 + 9).endsWith(Frames.exit(0));
    }
  }

  /** What a program leaves in a pipe when it ends is still to be read, and to be sent. */
  @Test
  void losesNothingOfACommandThatHasEnded() throws Exception {
    program("ls", "head -c 60000 /dev/zero; echo done >&2");
    serve();
    for (int i = 0; i < (Tier.ALL ? 100 : 20); i++) {
      var frames = answer("ls");
      assertThat(frames.out()).hasSize(60_000);
      assertThat(frames.err()).isEqualTo("done\n");
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere the code of a killed one is another")
  void killsACommandThatDoesNotEnd(@TempDir Path folder) throws Exception {
    program("ls", "echo begun; exec sleep 1000");
    serveWith("RUN_SECONDS = 10", "RUN_SECONDS = 1", folder);
    assertThat(answer("ls"))
        .isEqualTo(new Frames("begun\n", "killed after 1 s\n", List.of(137, 0)));
    assertHasNoChildren();
  }

  @Test
  @Tag("all") // the changed lesson compiles for seconds, and the one before has shown the same
  void killsACommandThatDoesNotEndToTalk(@TempDir Path folder) throws Exception {
    program("ls", "exec cat /dev/zero");
    serveWith("RUN_SECONDS = 10", "RUN_SECONDS = 1", folder);
    assertThat(answer("ls").err()).isEqualTo("killed after 1 s\n");
    assertHasNoChildren();
  }

  /** Nothing but an empty frame can find that out. */
  @Tag("all") // waits for seconds, and a command that talks shows the same
  @Test
  void killsASilentCommandWhenItsClientLeaves() throws Exception {
    program("ls", "echo begun; exec sleep 1000");
    serve();
    try (var caller = Wire.call(port).say("ls\n".getBytes(UTF_8))) {
      assertThat(Frames.of(caller.hear(5 + 6)).out()).isEqualTo("begun\n");
      assertThat(children()).hasSize(1);
    }
    server.awaitOut("  lost: ", printed);
    assertHasNoChildren();
  }

  @Test
  void killsATalkingCommandWhenItsClientLeaves() throws Exception {
    program("ls", "exec cat /dev/zero");
    serve();
    try (var caller = Wire.call(port).say("ls\n".getBytes(UTF_8))) {
      caller.hear(100_000);
    }
    server.awaitOut("  lost: ", printed);
    assertHasNoChildren();
  }

  /** It has said all, and still listens: empty frames go on reaching it. */
  @Tag("all") // waits for seconds
  @Test
  void goesOnForAClientWhoHasOnlyFinished() throws Exception {
    var go = programs.resolve("go");
    program("ls", "until test -e %s; do sleep 0.1; done; echo went".formatted(go));
    serve();
    try (var caller = Wire.call(port).say("ls\nexit\n".getBytes(UTF_8)).finish()) {
      for (int beat = 0; beat < 2; beat++) {
        assertThat(caller.hear(5)).isEqualTo(Frames.frame(Frames.STDOUT));
      }
      Files.createFile(go);
      var frames = Frames.of(caller.hearAll());
      assertThat(frames).isEqualTo(new Frames("went\n", "", List.of(0, 0)));
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "descriptors are counted in /proc")
  void keepsNothingOfWhatItRan() throws Exception {
    program("ls", "echo out; echo err >&2");
    serve();
    answer("ls");
    Holdings.awaitOnlyTheListener(server);
    int before = Holdings.of(server).descriptors();
    for (int i = 0; i < 20; i++) answer("ls", "uptime", "ls", "rm");
    assertHasNoChildren();
    Proc.soon()
        .untilAsserted(() -> assertThat(Holdings.of(server).descriptors()).isEqualTo(before));
  }

  private List<ProcessHandle> children() {
    return ProcessHandle.of(server.pid()).orElseThrow().children().toList();
  }

  private void assertHasNoChildren() {
    Proc.soon().untilAsserted(() -> assertThat(children()).isEmpty());
  }
}
