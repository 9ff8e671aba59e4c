package grader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final Terminal PLAIN = new Terminal(false, StandardCharsets.UTF_8);
  private static final Terminal SPOKEN = new Terminal(false, false, StandardCharsets.UTF_8, 80);
  private static final Outcome PASSED = new Outcome.Passed();
  private static final Outcome NOT_REACHED = new Outcome.NotReached();

  @TempDir Path root;
  private FakeWorkbook fake;

  @BeforeEach
  void workbook() {
    fake = new FakeWorkbook(root);
  }

  @Test
  void failureIsExplained() {
    var wrong =
        new Outcome.Wrong(
            "the host \"lib.example\"",
            "EHLO lib.example\r\n",
            "EHLO lib.example\n",
            "This looks like code that ends a line as println does. SMTP wants two bytes,"
                + " whatever the system.",
            List.of());

    assertThat(report(verdict(Printed.NOTHING, PASSED, wrong, NOT_REACHED)))
        .isEqualTo(
            """
            1.1 A greeting                                                    5 of 10 points
            exercises/mine/ch01/Greeting.java

            ✓ greets with the host's name                                      5 of 5 points
            ✗ ends the line with CR LF                                         0 of 3 points
            – refuses a name with a line end                                     not reached

            ✗ ends the line with CR LF
                gave   the host "lib.example"
                wanted EHLO lib.example␍␊
                got    EHLO lib.example␊
              This looks like code that ends a line as println does. SMTP wants two bytes,
              whatever the system.
              Read: chapter 1, "Lines". A hint: ./jbang hint 1.1

            5 of 10 points. Mend this first, then run again: ./jbang check 1.1
            """);
  }

  @Test
  void onlyTheFirstFailureIsExplained() {
    var wrong = new Outcome.Wrong("a", "b", "c", "d", List.of());

    var report = report(verdict(Printed.NOTHING, wrong, wrong, PASSED));

    assertThat(report.split("gave", -1)).hasSize(2);
    assertThat(report).contains("✗ ends the line with CR LF").contains("✓ refuses");
  }

  @Test
  void successSaysWhatIsNext() {
    var report = report(verdict(Printed.NOTHING, PASSED, PASSED, PASSED), Optional.of(fake.task()));

    assertThat(report)
        .endsWith(
            """
            Solved, with 10 of 10 points.
            Next: 1.1 A greeting — ./jbang check 1.1, file exercises/mine/ch01/Greeting.java
            """);
    assertThat(report(verdict(Printed.NOTHING, PASSED, PASSED, PASSED)))
        .endsWith("Every exercise of this workbook is solved.\n");
  }

  @Test
  void troubleShowsSentencesAndCode() {
    var trouble =
        new Outcome.Trouble(
            Outcome.Kind.HUNG,
            List.of("Still running after 5 s.", "    7 | \twhile (true) " + "x".repeat(90)));

    assertThat(report(verdict(Printed.NOTHING, trouble, NOT_REACHED, NOT_REACHED)))
        .contains("\n  Still running after 5 s.\n      7 |   while (true) xxx")
        .contains("xxx…\n");
  }

  @Test
  void outputIsCutAndCounted() {
    var printed = new Printed("line\n".repeat(3000), 104_857_600);
    var wrong = new Outcome.Wrong("a", "b", "c", "d", List.of());

    var report = report(verdict(printed, wrong, PASSED, PASSED));

    assertThat(report).contains("Your code printed 104,857,600 bytes, which begin:\n    | line\n");
    assertThat(report.split("\\| line", -1)).hasSize(9);
  }

  @Test
  void shortOutputIsWhole() {
    var wrong = new Outcome.Wrong("a", "b", "c", "d", List.of());

    assertThat(report(verdict(new Printed("\033[2Jhere\n", 9), wrong, PASSED, PASSED)))
        .contains("Your code printed 9 bytes:\n    | ␛[2Jhere\n");
    assertThat(report(verdict(new Printed("here\n", 5), PASSED, PASSED, PASSED)))
        .contains("Your code printed 5 bytes.");
  }

  @Test
  void longValuesAreCutWhereTheyDiffer() {
    var same = "a".repeat(5000);
    var wrong = new Outcome.Wrong("5 KB", same + "X" + same, same + "Y" + same, "d", List.of());

    var report = report(verdict(Printed.NOTHING, wrong, PASSED, PASSED));

    assertThat(report).contains("aaX").contains("aaY");
    assertThat(report.replaceAll("\\s+", " ")).contains("… 4,880 bytes …");
    assertThat(report.lines()).hasSizeLessThan(30);
  }

  @Test
  void wireLinesStartOnLinesOfTheirOwn() {
    var wrong = new Outcome.Wrong("a", "EHLO a\r\nQUIT\r\n", "", "d", List.of());

    assertThat(report(verdict(Printed.NOTHING, wrong, PASSED, PASSED)))
        .contains("    wanted EHLO a␍␊\n           QUIT␍␊\n    got    \n");
  }

  @Test
  void wordsBehindALineEndStayOnItsLine() {
    var wrong =
        new Outcome.Wrong("\"EHLO a\r\n\" in 2 parts", "\r\n after it", "a\r\n b", "d", List.of());

    assertThat(report(verdict(Printed.NOTHING, wrong, PASSED, PASSED)))
        .contains("    gave   \"EHLO a␍␊\" in 2 parts\n")
        .contains("    wanted ␍␊ after it\n")
        .contains("    got    a␍␊ b\n");
  }

  @Test
  void whereNoFigureFitsTheWireIsToldInSentences() {
    var narrow = String.join("\n", reported(PLAIN.columns(50), failedOnAWire()));

    assertThat(narrow)
        .contains(
            "    client connects\n    client sends 8 bytes: EHLO a␍␊\n    Here the check failed.")
        .doesNotContain("▶", "──");
    assertThat(String.join("\n", reported(PLAIN, failedOnAWire()))).contains("──▶");
  }

  /** No sign, no arrow, no picture of a control character: all of it can be said. */
  @Test
  void screenReadersGetWords() {
    var spoken = String.join("\n", reported(SPOKEN, failedOnAWire()));

    assertThat(spoken)
        .contains("passed: greets with the host's name", "5 of 5 points")
        .contains("failed: ends the line with CR LF", "0 of 3 points")
        .contains("- refuses a name with a line end", "not reached")
        .contains("    client sends 8 bytes: EHLO a\\r\\n")
        .matches(text -> StandardCharsets.US_ASCII.newEncoder().canEncode(text));
  }

  private Verdict failedOnAWire() {
    var log = new WireLog();
    log.connected();
    log.data(wire.Side.CLIENT, "EHLO a\r\n".getBytes(StandardCharsets.US_ASCII), 0, 8);
    var wrong = new Outcome.Wrong("a", "b", "c", "d", List.of());
    var verdict = verdict(Printed.NOTHING, PASSED, wrong, NOT_REACHED);
    var exchange = log.exchange("client", "your code", Exchange.FAILED);
    return new Verdict(
        verdict.task(),
        verdict.answer(),
        List.of(),
        verdict.steps(),
        Printed.NOTHING,
        Optional.of(exchange));
  }

  private List<String> reported(Terminal terminal, Verdict verdict) {
    return Report.of(verdict, fake.workbook(), Optional.empty(), Ways.COMMANDS, terminal);
  }

  /** Green on white and red on black are hard to read in many a terminal. */
  @Test
  void colorIsForSignsOnly() {
    var trouble = new Outcome.Trouble(Outcome.Kind.HUNG, List.of("Still running after 5 s."));
    var colored =
        reported(
            new Terminal(true, StandardCharsets.UTF_8),
            verdict(Printed.NOTHING, PASSED, trouble, NOT_REACHED));

    assertThat(String.join("\n", colored).split("\033\\[3[0-9]m", -1))
        .hasSize(4)
        .allMatch(part -> part.startsWith("\033[1m") || part.substring(1).startsWith("\033[0m"));
  }

  @Test
  void nothingIsWiderThan80Columns() {
    var wide = "世".repeat(100) + " " + "a".repeat(200) + "\r\n\033[1m" + "wort ".repeat(50);
    for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.US_ASCII)) {
      var wrong = new Outcome.Wrong(wide, wide + "x", wide + "y", wide, List.of("    1 | " + wide));
      var trouble = new Outcome.Trouble(Outcome.Kind.THREW, List.of(wide, "    1 | " + wide));
      for (var outcome : List.of(wrong, trouble)) {
        var verdict = verdict(new Printed(wide, 10_000), outcome, NOT_REACHED, PASSED);
        assertFits(
            Report.of(
                verdict, fake.workbook(), Optional.of(fake.task()), Ways.COMMANDS, on(charset)));
      }
      var error =
          new CompileError(root.resolve(wide.strip()), 3, 90, wide + "\n" + wide, wide, false);
      assertFits(
          Report.of(failed(error), fake.workbook(), Optional.empty(), Ways.COMMANDS, on(charset)));
    }
  }

  @Test
  void noEscapeSequenceUnlessAskedFor() {
    var wrong = new Outcome.Wrong("\033[31m", "\033", "\033\033", "d", List.of("\033[1m"));
    var verdict = verdict(new Printed("\033[31mred", 8), wrong, PASSED, NOT_REACHED);

    assertThat(report(verdict)).doesNotContain("\033");
    var colored =
        Report.of(
            verdict,
            fake.workbook(),
            Optional.empty(),
            Ways.COMMANDS,
            new Terminal(true, StandardCharsets.UTF_8));
    assertThat(String.join("\n", colored))
        .contains("\033[31m✗")
        .contains("\033[32m✓")
        .doesNotContain("\033\033");
  }

  @Test
  void charsetWithoutOurMarks() {
    var wrong = new Outcome.Wrong("\"世\"", "a\r\n", "a\n", "d", List.of());

    var lines =
        Report.of(
            verdict(Printed.NOTHING, PASSED, wrong, NOT_REACHED),
            fake.workbook(),
            Optional.empty(),
            Ways.COMMANDS,
            on(StandardCharsets.US_ASCII));

    assertThat(String.join("\n", lines))
        .contains("+ greets")
        .contains("x ends the line")
        .contains("- refuses")
        .contains("gave   \"\\u4e16\"")
        .contains("wanted a\\r\\n")
        .matches(text -> StandardCharsets.US_ASCII.newEncoder().canEncode(text));
  }

  @Test
  void compileErrorShowsTheLineAndACaret() {
    var file = fake.work("");
    var error =
        new CompileError(
            file,
            12,
            8,
            "cannot find symbol\n  symbol:   variable hots\n  location: class Greeting",
            "\treturn hots;",
            false);
    var caretUnderTheName = new CompileError(file, 12, 9, "bad", "\treturn hots;", false);

    assertThat(report(failed(error)))
        .isEqualTo(
            """
            1.1 A greeting                                                  does not compile
            exercises/mine/ch01/Greeting.java

            ✗ exercises/mine/ch01/Greeting.java:12: cannot find symbol
                return hots;
                      ^
                symbol:   variable hots
                location: class Greeting

            Mend the first, then run again: ./jbang check 1.1
            """);
    assertThat(report(failed(caretUnderTheName))).contains("    return hots;\n           ^\n");
  }

  @Test
  void atMostFiveErrorsAreShown() {
    var error = new CompileError(fake.work(""), 1, 1, "bad", "x", false);

    assertThat(report(failed(error, error, error, error, error)))
        .satisfies(report -> assertThat(report.split("✗", -1)).hasSize(6))
        .doesNotContain("more");
    assertThat(report(failed(error, error, error, error, error, error, error, error)))
        .satisfies(report -> assertThat(report.split("✗", -1)).hasSize(6))
        .contains("and 3 more");
  }

  @Test
  void errorsOfTheChecksAreExplained() {
    var file = root.resolve("exercises/checks/ch01/GreetingTest.java");
    var error = new CompileError(file, 1, 1, "bad", "x", true);

    assertThat(report(failed(error, error)))
        .contains("Your file compiles, but its checks no longer fit it")
        .contains("exercises/shipped/ch01/Greeting.java declares")
        .contains("exercises/checks/ch01/GreetingTest.java:1: bad")
        .contains("and 1 more");
  }

  @Test
  void errorFarToTheRightIsInSight() {
    var source = "return " + "a + ".repeat(40) + "HERE;";
    var error = new CompileError(fake.work(""), 1, 168, "bad", source, false);

    var lines = report(failed(error)).lines().toList();
    var mark = lines.stream().filter(line -> line.strip().equals("^")).findFirst().orElseThrow();
    var above = lines.get(lines.indexOf(mark) - 1);
    assertThat(above.substring(mark.indexOf('^'))).startsWith("HERE");
  }

  private Verdict verdict(Printed printed, Outcome... outcomes) {
    var steps = new ArrayList<Step>();
    for (var criterion : fake.task().criteria()) {
      steps.add(new Step(criterion, outcomes[steps.size()]));
    }
    var answer = root.resolve("exercises/mine/ch01/Greeting.java");
    return new Verdict(fake.task(), answer, List.of(), steps, printed, Optional.empty());
  }

  private Verdict failed(CompileError... errors) {
    var answer = root.resolve("exercises/mine/ch01/Greeting.java");
    return Judge.notCompiled(fake.task(), answer, List.of(errors));
  }

  private String report(Verdict verdict) {
    return report(verdict, Optional.empty());
  }

  private String report(Verdict verdict, Optional<Task> next) {
    return String.join("\n", Report.of(verdict, fake.workbook(), next, Ways.COMMANDS, PLAIN))
        + "\n";
  }

  private static Terminal on(Charset charset) {
    return new Terminal(false, charset);
  }

  private static void assertFits(List<String> lines) {
    assertThat(lines).allMatch(line -> Columns.of(line) <= 80).noneMatch(s -> s.contains("\n"));
  }
}
