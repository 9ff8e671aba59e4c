package book;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wire.Act;

/** The player, on a workbook of one lesson that repeats what it is told. */
class PlayerTest {
  @TempDir Path root;

  @BeforeEach
  void oneLesson() throws IOException {
    Files.createDirectories(root.resolve("docs/chapters"));
    Files.createDirectories(root.resolve("lessons"));
    Files.writeString(
        root.resolve("jbang-catalog.json"),
        """
        {"aliases": {"01": {"description": "Echo", "script-ref": "lessons/L01Echo.java"}}}
        """);
    Files.writeString(
        root.resolve("lessons/L01Echo.java"),
        """
        void main(String... args) {
          IO.println("Ready é " + String.join("+", args));
          for (String line; (line = IO.readln()) != null; ) {
            IO.println("heard " + line);
            if (line.equals("fail")) System.exit(7);
          }
          System.err.println("no more");
        }
        """);
  }

  private List<String> play(String script) throws IOException {
    try (var player = new Player(new Repo(root))) {
      return player.play(Session.parse("test", script)).lines();
    }
  }

  @Test
  void recordsWhatALessonShowsWhereSomebodyWaitsForIt() throws IOException {
    assertThat(
            play(
                """
                # Conversation.
                port 8080
                echo $ ./jbang 01 8080 'two words'
                echo ? Ready
                echo < first, 8080
                echo < second
                echo = heard second
                echo ^D
                echo .
                """))
        .containsExactly(
            "# Conversation.",
            "port 8080",
            "echo $ ./jbang 01 8080 'two words'",
            "echo ? Ready",
            "echo | Ready é 8080+two words",
            "echo < first, 8080",
            "echo < second",
            "echo = heard second",
            "echo | heard first, 8080",
            "echo | heard second",
            "echo ^D",
            "echo .",
            "echo | no more");
  }

  @Test
  void recordsAnExitCodeAndRunsALessonInAPipe() throws IOException {
    assertThat(play("# Pipe.\na $ printf 'fail\\n' | ./jbang 01 x\na .\n"))
        .containsExactly(
            "# Pipe.",
            "a $ printf 'fail\\n' | ./jbang 01 x",
            "a .",
            "a | Ready é x",
            "a | heard fail",
            "a [exit 7]");
  }

  /** In most containers no language is set, and Java then writes its arguments in ASCII. */
  @Tag("all") // a JVM of its own
  @Test
  void aCommandKeepsItsLettersWhereTheMachineHasNoLanguage() throws Exception {
    Files.createDirectories(root.resolve("docs/sessions"));
    Files.writeString(
        root.resolve("docs/sessions/01-letters.session"),
        """
        # Letters.
        a $ echo '你好 é' | ./jbang 01 'ü ␍'; sh -c 'printf "%s\\n" é'
        a .
        a | Ready é ü ␍
        a | heard 你好 é
        a | no more
        a | é
        """);
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classPath = System.getProperty("java.class.path");
    var sessions = new ProcessBuilder(java, "-cp", classPath, "book.Book", "sessions");
    sessions.environment().put("SOCKETS_BY_HAND", root.toString());
    sessions.environment().put("LC_ALL", "C");
    var run = sessions.redirectErrorStream(true).start();
    assertThat(new String(run.getInputStream().readAllBytes()))
        .isEqualToNormalizingWhitespace("01-letters as recorded");
  }

  @Test
  void interruptsEveryProcessOfACommand() throws IOException {
    var line = "a $ printf 'once\\n' | cat - /dev/zero | ./jbang 01";
    assertThat(play("# Interrupt.\n" + line + "\na ? heard once\na ^C\n"))
        .containsExactly(
            "# Interrupt.", line, "a ? heard once", "a | Ready é", "a | heard once", "a ^C");
  }

  @Test
  void awaitsAPromptAndTypesBehindIt() throws IOException {
    var script =
        """
        # Prompt.
        a $ printf 'Welcome\\nName: '; read name; printf 'Age: '; read age; echo "$name, $age"
        a > Name:
        a < Amy
        a > Age:
        a < 7
        a .
        """;
    assertThat(play(script))
        .containsSubsequence("a > Name:", "a | Welcome", "a | Name:", "a < Amy")
        .containsSubsequence("a > Age:", "a | Age:", "a < 7", "a .", "a | Amy, 7");
  }

  @Test
  void doesNotTakeALineForAPrompt() {
    assertThatThrownBy(() -> play("# Line.\na $ echo 'Name:'\na > Name:\na .\n"))
        .hasMessageContaining("no such prompt");
  }

  @Test
  void playsTheLessonAsEdited() throws IOException {
    var edits =
        """
        # Edited.
        edit L01Echo: "Ready é" -> "Ready, \\"changed\\","
        edit L01Echo: "System.err.println("no more");" -> ""
        """;
    assertThat(play(edits + "a $ ./jbang 01 < /dev/null\na .\n"))
        .endsWith("a $ ./jbang 01 < /dev/null", "a .", "a | Ready, \"changed\",");
  }

  @Test
  void refusesAnEditThatFitsNowhereOrTwice() {
    var session = "\na $ ./jbang 01\na ^C\n";
    assertThatThrownBy(() -> play("# Edited.\nedit L01Echo: \"Raedy\" -> \"x\"" + session))
        .hasMessage("L01Echo has no: Raedy");
    assertThatThrownBy(() -> play("# Edited.\nedit L01Echo: \"println\" -> \"x\"" + session))
        .hasMessage("L01Echo has more than one: println");
  }

  @Test
  void refusesACallOfNoLesson() {
    assertThatThrownBy(() -> play("# Unknown.\na $ ./jbang 02\na .\n"))
        .hasMessage("./jbang 02 names no lesson: see jbang-catalog.json");
  }

  @Test
  void saysWhatEveryTerminalShowedWhenAnAwaitedLineDoesNotCome() {
    assertThatThrownBy(
            () -> play("# Wait.\na $ echo one; echo two\nb $ true\na ? three\na .\nb .\n"))
        .isInstanceOf(BookError.class)
        .hasMessage(
            """
            line 4: a ? three
            no such line (the command has ended)
            a showed:
              one
              two
            b showed: nothing\
            """);
  }

  @Test
  void keepsWhatDiffersInEveryRunAsItWasRecorded() throws IOException {
    var script = "# Time.\na $ echo took $$ ms\na .\na | took 12 ms\n";
    assertThat(play(script)).isEqualTo(script.lines().toList());
  }

  @Test
  void leavesNoProcessBehindWhenAStepFails() throws IOException {
    var pid = root.resolve("pid");
    var command =
        "sh -c 'echo $$ > %s; echo up; exec cat /dev/zero > /dev/null' | cat".formatted(pid);
    assertThatThrownBy(
            () -> play("# Leak.\na $ " + command + "\na ? up\nb $ true\nb ? never\nb .\na ^C\n"))
        .hasMessageContaining("no such line");
    long number = Long.parseLong(Files.readString(pid).strip());
    Awaitility.await()
        .atMost(10, SECONDS)
        .until(() -> ProcessHandle.of(number).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void listensInWhereASessionIsTapped() throws IOException {
    var script =
        """
        # Tapped.
        needs python3
        tap 8080
        server $ python3 -c '%s'
        server ? up at 8080
        client $ python3 -c '%s'
        client .
        server .
        """
            .formatted(
                "import socket; l = socket.create_server((\"127.0.0.1\", 8080));"
                    + " print(\"up at 8080\"); c = l.accept()[0];"
                    + " c.sendall(c.recv(99)); c.close()",
                "import socket; c = socket.create_connection((\"127.0.0.1\", 8080));"
                    + " c.sendall(b\"at 8080\"); print(c.recv(99)); c.close()");
    var session = Session.parse("tapped", script);
    assumeTrue(session.needs().stream().allMatch(Need::met), "skipped: no python3");
    try (var player = new Player(new Repo(root))) {
      var played = player.play(session);
      assertThat(played.lines()).contains("client | b'at 8080'");
      assertThat(played.wire().orElseThrow().events())
          .filteredOn(event -> event.act() == Act.DATA)
          .extracting(event -> event.from() + " " + new String(event.bytes()))
          .containsExactly("CLIENT at 8080", "SERVER at 8080");
    }
  }
}
