package grader;

import static grader.FakeWorkbook.accepted;
import static grader.FakeWorkbook.greeting;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The loop, with lines for keys: whatever a learner saves, it says so and goes on. */
@Tag("all") // each is a loop with a child; the README's session is one too
class WatchTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String HELP = "n next, h hint";

  @TempDir Path root;
  @TempDir Path temporary;

  private FakeWorkbook fake;
  private Grading grading;
  private Thread loop;
  private final PipedOutputStream keyboard = new PipedOutputStream();
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private int read; // characters of the screen

  @BeforeEach
  void workbook() {
    fake = new FakeWorkbook(root);
  }

  @AfterEach
  void leavesNothing() throws Exception {
    ask("q");
    loop.join(PATIENCE);
    assertThat(loop.isAlive()).isFalse();
    grading.close();
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(temporary).isEmptyDirectory());
  }

  private void start() throws Exception {
    grading = new Grading(fake.workbook(), temporary, Duration.ofSeconds(30));
    var keys = Keys.lines(new PipedInputStream(keyboard));
    var out = new PrintStream(screen, true, UTF_8);
    var terminal = new Terminal(false, UTF_8);
    var watch = new Watch(fake.workbook(), grading, keys, new Screen(terminal, out, false));
    loop =
        Thread.ofPlatform()
            .start(() -> {
              try {
                watch.run();
              } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
              }
            });
    page("1.1 A greeting");
  }

  private void ask(String what) throws Exception {
    keyboard.write((what + "\n").getBytes(UTF_8));
    keyboard.flush();
  }

  /** Waits for a page with this text, and returns all that has come since the page before. */
  private String page(String text) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          var news = screen.toString(UTF_8).substring(read);
          assertThat(isPage(news, text)).as("a page with \"%s\" in:%n%s", text, news).isTrue();
        });
    var all = screen.toString(UTF_8);
    var news = all.substring(read);
    read = all.length();
    return news;
  }

  private static boolean isPage(String news, String text) {
    int at = news.indexOf(text);
    return at >= 0 && news.indexOf(HELP, at) >= 0;
  }

  @Test
  void takesALearnerFromTheTaskToTheEnd() throws Exception {
    start();
    fake.work(greeting("    return \"EHLO \" + host;"));
    assertThat(page("5 of 10 points"))
        .contains("✗ ends the line with CR LF", "got    EHLO lib.example\n")
        .contains("Read: chapter 1, \"Lines\". A hint: press h.")
        .contains("5 of 10 points. Mend this first, then save.");

    ask("h");
    assertThat(page("hint 1 of 3")).contains("2 more: press h.");
    ask("hint");
    assertThat(page("hint 2 of 3")).contains("1 more: press h.");

    fake.work(accepted());
    assertThat(page("Solved, with 10 of 10 points."))
        .contains("Every exercise of this workbook is solved.");
    ask("n");
    page("Every exercise of this workbook is solved.");
    ask("p");
    page("All points");
    ask("l");
    page("1 of 1 exercises solved");
  }

  @Test
  void comesBackToWhereTheLearnerWas() throws Exception {
    fake.work(greeting("    return \"EHLO \" + host;"));
    start();
    assertThat(screen.toString(UTF_8)).contains("5 of 10 points");
  }

  private static Arguments[] whatLearnersSave() {
    return new Arguments[] {
      Arguments.of("half of a file", accepted().substring(0, 90), "does not compile"),
      Arguments.of("nothing", "", "no package is declared"),
      Arguments.of("another package", accepted().replace("ch01", "ch02"), "the package ch02"),
      Arguments.of("another encoding", "\u00ff\u00fe", "this is not UTF-8 text"),
      Arguments.of("line ends of Windows", accepted().replace("\n", "\r\n"), "Solved"),
      Arguments.of(
          "an initializer that hangs",
          greeting("return host;", "static { if (true) while (true) Thread.onSpinWait(); }"),
          "0 of 10 points"),
      Arguments.of("an end of the JVM", greeting("System.exit(0); return host;"), "0 of 10 points"),
      Arguments.of(
          "a flood of memory",
          greeting(
              "var all = new java.util.ArrayList<byte[]>(); while (true) all.add(new byte[1 <<"
                  + " 20]);"),
          "0 of 10 points"),
      Arguments.of(
          "a closed System.out",
          greeting("System.out.close(); System.err.close(); return \"EHLO \" + host;"),
          "5 of 10 points"),
      Arguments.of(
          "a port that is never let go",
          greeting(
              "try { new java.net.ServerSocket(0, 1,"
                  + " java.net.InetAddress.getLoopbackAddress()).accept(); } catch"
                  + " (java.io.IOException e) {} return host;"),
          "0 of 10 points"),
      Arguments.of(
          "files of its own",
          greeting(
              "try { java.nio.file.Files.writeString(java.nio.file.Path.of(\"mine.txt\"), host); }"
                  + " catch (java.io.IOException e) {} return \"EHLO \" + host;"),
          "5 of 10 points")
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("whatLearnersSave")
  void hasAVerdictFor(String what, String text, String verdict) throws Exception {
    fake = new FakeWorkbook(root, 2_000);
    start();
    fake.write("exercises/mine/ch01/Greeting.java", bytes(text));
    page(verdict);
    fake.work(greeting("    return \"EHLO \" + host;"));
    page("5 of 10 points");
  }

  /** To start them takes a busy machine its time. */
  @Test
  void countsAThousandThreads() throws Exception {
    fake = new FakeWorkbook(root, 30_000);
    start();
    fake.work(
        greeting(
            "for (int i = 0; i < 1000; i++)"
                + " new Thread(java.util.concurrent.locks.LockSupport::park).start();"
                + " return \"EHLO \" + host;"));
    page("And 997 more threads.");
    fake.work(greeting("    return \"EHLO \" + host;"));
    page("5 of 10 points");
  }

  /** Latin-1 for what is to be no UTF-8. */
  private static byte[] bytes(String text) {
    return text.startsWith("\u00ff") ? text.getBytes(ISO_8859_1) : text.getBytes(UTF_8);
  }

  @Test
  void saysWhenTheFileIsGoneAndGoesOnWhenItIsBack() throws Exception {
    start();
    var file = fake.workbook().answer(fake.task());
    Files.move(file, file.resolveSibling("Elsewhere.java"));
    page("exercises/mine/ch01/Greeting.java is gone.");
    fake.work(accepted());
    page("Solved, with 10 of 10 points.");
  }

  @Test
  void ofTwoSavesTheLastCounts() throws Exception {
    start();
    fake.work(greeting("    while (true) Thread.onSpinWait();"));
    fake.work(greeting("    while (true) { }"));
    fake.work(accepted());
    assertThat(page("Solved, with 10 of 10 points.")).doesNotContain("hangs", "✗");
  }

  @Test
  void aVerdictThatHangsIsGivenUpForTheNextSave() throws Exception {
    start(); // its checks have twenty seconds each
    var marks =
        "try { java.nio.file.Files.createFile(java.nio.file.Path.of(\"%s\")); }"
            .formatted(root.resolve("started"));
    fake.work(
        greeting(marks + " catch (java.io.IOException e) {} while (true) Thread.onSpinWait();"));
    var marker = root.resolve("started");
    await().atMost(PATIENCE).until(() -> Files.exists(marker));
    fake.work(accepted());
    assertThat(page("Solved, with 10 of 10 points.")).doesNotContain("hangs", "✗");
  }

  @Test
  void resetKeepsTheText() throws Exception {
    fake.work(accepted());
    start();
    ask("r");
    page("Your text is now exercises/mine/ch01/Greeting.java.1");
    assertThat(root.resolve("exercises/mine/ch01/Greeting.java.1")).hasContent(accepted());
  }

  @Test
  void theSolutionIsShownToThoseWhoAskTwice() throws Exception {
    fake.write("solutions/accepted/ch01/Greeting.java", "// ours\n");
    start();
    ask("s");
    assertThat(page("not solved yet")).contains("ask again: press s.").doesNotContain("// ours");
    ask("s");
    page("// ours");
  }

  @Test
  void runsTheLessonUntilTheNextKey() throws Exception {
    fake.write(
        "lessons/L01Greeter.java",
        "void main() throws Exception { IO.println(\"Greeter is up\");"
            + " Thread.currentThread().join(); }");
    start();
    ask("x");
    await().atMost(PATIENCE).until(() -> screen.toString(UTF_8).contains("Greeter is up"));
    ask("");
    page("– greets with the host's name");
  }

  @Test
  void saysWhatMayBeAskedAndWhatIsMissing() throws Exception {
    start();
    ask("what now?");
    page(HELP);
    ask("x");
    await().atMost(PATIENCE).until(() -> screen.toString(UTF_8).contains("cannot read lessons"));
    ask("o");
    await().atMost(PATIENCE).until(() -> screen.toString(UTF_8).contains("is not built yet"));
  }
}
