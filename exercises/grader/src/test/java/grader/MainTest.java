package grader;

import static grader.FakeWorkbook.accepted;
import static grader.FakeWorkbook.greeting;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  @TempDir Path root;
  private FakeWorkbook fake;

  @BeforeEach
  void workbook() {
    fake = new FakeWorkbook(root);
  }

  @Test
  void checkOfTheAcceptedAnswer() {
    fake.work(accepted());

    var run = run("check", "1.1");

    assertThat(run.code).isZero();
    assertThat(run.out).contains("10 of 10 points").contains("Solved");
    assertThat(run.err).isEmpty();
  }

  @Tag("all")
  @Test
  void checkWithoutAnIdTakesTheFirstUnsolved() {
    var run = run("check");

    assertThat(run.code).isEqualTo(1);
    assertThat(run.out)
        .contains("1.1 A greeting")
        .contains("Greeting.java:6 is still to do. Write your answer there.");
    assertThat(run.err)
        .isEqualTo("Made exercises/mine/ch01/Greeting.java from the shipped file.\n");
    assertThat(run("check").err).as("said once").isEmpty();
  }

  @Tag("all")
  @Test
  void checkWhenAllIsSolved() {
    fake.work(accepted());
    run("check", "1.1");

    var run = run("check");

    assertThat(run.code).isZero();
    assertThat(run.out).isEqualTo("Every exercise of this workbook is solved.\n");
  }

  @Test
  void checkOfAnAnswerThatDoesNotCompile() {
    fake.work(greeting("    return 1;"));

    var run = run("check", "1.1");

    assertThat(run.code).isEqualTo(3);
    assertThat(run.out)
        .contains("does not compile")
        .contains("Greeting.java:6: incompatible types");
  }

  @Test
  void checkOfAnUnknownExercise() {
    var run = run("check", "9.9");

    assertThat(run.code).isEqualTo(2);
    assertThat(run.err).isEqualTo("check: no exercise 9.9; the exercises are 1.1\n");
    assertThat(run.out).isEmpty();
  }

  @Test
  void checkWhereTheGraderCannotWork() throws Exception {
    Files.delete(fake.workbook().shipped(fake.task()));

    var run = run("check", "1.1");

    assertThat(run.code).isEqualTo(4);
    assertThat(run.err.lines()).hasSize(1);
    assertThat(run.err).startsWith("check: cannot make exercises/mine/ch01/Greeting.java");
  }

  @Test
  void memoryThatCannotBeWrittenSpoilsNoVerdict() throws Exception {
    fake.work(accepted());
    Files.createDirectories(root.resolve("exercises/mine/progress.properties/in the way"));

    var run = run("check", "1.1");

    assertThat(run.code).isZero();
    assertThat(run.out).contains("Solved");
    assertThat(run.err).startsWith("cannot write exercises/mine/progress.properties");
    assertThat(run.err.lines()).hasSize(1);
  }

  @Test
  void usageErrorsAreOneLine() {
    for (var arguments :
        List.of(
            List.of("chekc"),
            List.of("check", "1.1", "1.2"),
            List.of("check", "--no"),
            List.of("hint"),
            List.of("list", "1.1"),
            List.of("reset"),
            List.of("solution"),
            List.of("--no"))) {
      var run = run(arguments.toArray(String[]::new));
      assertThat(run.code).as("%s", arguments).isEqualTo(2);
      assertThat(run.err.lines()).as("%s", arguments).hasSize(1);
      assertThat(run.out).isEmpty();
    }
    assertThat(run("chekc").err)
        .isEqualTo(
            "no command chekc; there are"
                + " check, doctor, hint, list, next, progress, reset, solution, watch\n");
  }

  @Test
  void noCommandIsAShortUsage() {
    var run = run();

    assertThat(run.code).isEqualTo(2);
    assertThat(run.err).startsWith("Usage: ./jbang").contains("check", "list", "hint", "doctor");
    assertThat(run.err.lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void helpDocumentsTheExitCodes() {
    var run = run("check", "--help");

    assertThat(run.code).isZero();
    assertThat(run.out).contains("0   all checks passed").contains("4   the grader itself");
    assertThat(run.out.lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void outsideOfAWorkbook(@TempDir Path elsewhere) {
    var run = Run.of(List.of(elsewhere), "list");

    assertThat(run.code).isEqualTo(4);
    assertThat(run.err).isEqualTo("list: no workbook here: start it in the workbook's folder\n");
  }

  @Test
  void hintsComeOneByOne() {
    assertThat(run("hint", "1.1").out)
        .contains("1.1 A greeting, hint 1 of 3: Nudge")
        .contains("what strip() would take away")
        .doesNotContain("Concept")
        .endsWith("2 more: ./jbang hint 1.1\n");
    assertThat(run("hint", "1.1").out)
        .contains("hint 1 of 3: Nudge", "hint 2 of 3: Concept", "    E H L O   l i b ␍ ␊")
        .contains("(chapter 1, \"Lines\")")
        .endsWith("1 more: ./jbang hint 1.1\n");
    var third = run("hint", "1.1").out;
    assertThat(third).contains("hint 3 of 3: Nearly the code").endsWith("That is all of them.\n");
    assertThat(run("hint", "1.1").out).isEqualTo(third);
    assertThat(third.lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void hintOfAnUnknownExerciseOrWithoutAFile() throws Exception {
    assertThat(run("hint", "7.1").code).isEqualTo(2);

    Files.delete(fake.workbook().hints(fake.task()));
    var run = run("hint", "1.1");
    assertThat(run.code).isEqualTo(4);
    assertThat(run.err.lines()).hasSize(1);
  }

  @Tag("all")
  @Test
  void listShowsTheStates() {
    assertThat(run("list").out)
        .contains("1.1  A greeting                      1        5      10  not started")
        .contains("0 of 10 points, 0 of 1 exercises solved")
        .contains("Next: 1.1 A greeting");

    fake.work(greeting("    return \"EHLO \" + host;"));
    assertThat(run("list").out).contains("10  not checked\n");

    run("check", "1.1");
    assertThat(run("list").out).contains("10  5 of 10\n").contains("5 of 10 points, 0 of 1");

    fake.work(accepted());
    assertThat(run("list").out).contains("10  changed since 5 of 10\n");

    run("check", "1.1");
    assertThat(run("list").out).contains("10  solved ✓\n").contains("10 of 10 points, 1 of 1");
    assertThat(run("list").out.lines()).allMatch(line -> line.length() <= 80);
  }

  @Tag("all")
  @Test
  void nextSaysWhatIsWanted() {
    var run = run("next");

    assertThat(run.code).isZero();
    assertThat(run.out)
        .contains(
            "1.1 A greeting                                                level 1, 5 minutes")
        .contains("exercises/mine/ch01/Greeting.java")
        .containsSubsequence(
            "– greets with the host's name", "5 points", "– ends the line with CR LF", "3 points")
        .endsWith("Check it: ./jbang check 1.1\n");

    fake.work(accepted());
    run("check", "1.1");
    assertThat(run("next").out).isEqualTo("Every exercise of this workbook is solved.\n");
  }

  @Tag("all")
  @Test
  void progressFillsABar() {
    fake.write("docs/chapters/01-mail.adoc", "[#mail]\n= Mail by hand\n");
    assertThat(run("progress").out).contains(" 1 Mail by hand  " + "·".repeat(53) + "   0 of 10\n");

    fake.work(greeting("    return \"EHLO \" + host;"));
    run("check", "1.1");
    assertThat(run("progress").out)
        .contains("  " + "█".repeat(27) + "·".repeat(26) + "   5 of 10\n");

    fake.work(accepted());
    run("check", "1.1");
    assertThat(run("progress").out).contains("  " + "█".repeat(53) + "  10 of 10\n");
    assertThat(run("progress").out.lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void resetKeepsEveryTextThatItReplaces() throws Exception {
    fake.work("first");
    assertThat(run("reset", "1.1").out)
        .isEqualTo(
            "Your text is now exercises/mine/ch01/Greeting.java.1\n"
                + "exercises/mine/ch01/Greeting.java is as shipped.\n");
    fake.work("second");
    run("reset", "1.1");

    var folder = root.resolve("exercises/mine/ch01");
    assertThat(folder.resolve("Greeting.java.1")).hasContent("first");
    assertThat(folder.resolve("Greeting.java.2")).hasContent("second");
    assertThat(folder.resolve("Greeting.java"))
        .hasSameTextualContentAs(fake.workbook().shipped(fake.task()));
  }

  @Test
  void resetOfWhatIsNotBegunMakesTheFile() {
    assertThat(run("reset", "1.1").out)
        .isEqualTo("exercises/mine/ch01/Greeting.java is as shipped.\n");
    assertThat(run("reset", "7.1").code).isEqualTo(2);
  }

  @Test
  void solutionIsShownToThoseWhoHaveOneOrAskTwice() {
    fake.write("solutions/accepted/ch01/Greeting.java", "// ours\n");

    var first = run("solution", "1.1");
    assertThat(first.code).isEqualTo(1);
    assertThat(first.out).contains("1.1 is not solved yet.", "hint 1.1").doesNotContain("// ours");

    var second = run("solution", "1.1");
    assertThat(second.code).isZero();
    assertThat(second.out).contains("solutions/accepted/ch01/Greeting.java", "// ours");
  }

  @Tag("all")
  @Test
  void solutionNamesWhatOthersBelieveWhoFailLikewise() {
    fake.write("solutions/accepted/ch01/Greeting.java", "// ours\n");
    fake.write(
        "solutions/rejected/1.1/line-feed/Greeting.java",
        "// Believes: a line ends with LF.\n"
            + "// Rejected by: GreetingTest \"ends the line with CR LF\"\n"
            + greeting("    return \"EHLO \" + host + \"\\n\";"));
    fake.write(
        "solutions/rejected/1.1/no-end/Greeting.java",
        "// Believes: a line needs no end.\n"
            + "// Rejected by: GreetingTest \"ends the line with CR LF\"\n"
            + greeting("    return \"EHLO \" + host;"));
    fake.write(
        "solutions/rejected/1.1/deaf/Greeting.java",
        "// Believes: names vary.\n// Rejected by: GreetingTest \"greets with the host's name\"\n");
    fake.work(greeting("    return \"EHLO \" + host;"));
    run("check", "1.1");
    run("solution", "1.1");

    assertThat(run("solution", "1.1").out)
        .contains("exercises/mine/ch01/Greeting.java")
        .contains("Your last answer failed at: ends the line with CR LF.")
        .containsSubsequence(
            "this is most like it. It believes:",
            "  - a line needs no end.\n    solutions/rejected/1.1/no-end/Greeting.java",
            "Others believe:",
            "  - a line ends with LF.\n    solutions/rejected/1.1/line-feed/Greeting.java")
        .doesNotContain("names vary");

    fake.work(accepted());
    run("check", "1.1");
    assertThat(run("solution", "1.1").out).contains("// ours").doesNotContain("believe");
  }

  @Test
  void doctorLooksAtEverything() {
    var run = run("doctor");

    assertThat(run.code).isZero();
    assertThat(run.out)
        .contains("JDK", "your folder", "Maven", "port 8080", "port 9000", "IPv6 loopback")
        .contains("curl", "python3", "strace", "chromium", "file watching", "root")
        .endsWith("All that is required is here.\n");
    assertThat(run.out.lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void doctorMissesAWorkFolder() {
    fake.write("exercises/mine", "a file in its place");

    var run = run("doctor");

    assertThat(run.code).isEqualTo(1);
    assertThat(run.out)
        .contains("✗ your folder    required: exercises/mine cannot be written")
        .endsWith("Something required is missing.\n");
  }

  private Run run(String... arguments) {
    return Run.of(List.of(root.resolve("exercises")), arguments);
  }

  private record Run(int code, String out, String err) {
    static Run of(List<Path> starts, String... arguments) {
      var out = new ByteArrayOutputStream();
      var err = new ByteArrayOutputStream();
      var terminal = new Terminal(false, StandardCharsets.UTF_8);
      int code = new Main(starts, terminal, print(out), print(err)).execute(arguments);
      return new Run(code, text(out), text(err));
    }

    private static PrintStream print(ByteArrayOutputStream into) {
      return new PrintStream(into, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream from) {
      return from.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
  }
}
