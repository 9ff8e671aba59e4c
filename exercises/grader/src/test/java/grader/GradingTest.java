package grader;

import static grader.FakeWorkbook.accepted;
import static grader.FakeWorkbook.greeting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GradingTest {
  @TempDir Path root;
  private FakeWorkbook fake;

  @BeforeEach
  void workbook() {
    fake = new FakeWorkbook(root);
  }

  @Test
  void acceptedAnswerHasAllPoints() {
    var verdict = fake.grade(accepted());

    assertThat(verdict.compiled()).isTrue();
    assertThat(verdict.passed()).isTrue();
    assertThat(verdict.points()).isEqualTo(10);
    assertThat(verdict.firstFailure()).isEmpty();
  }

  @Test
  void shippedAnswerCompilesAndHasNoPoint() {
    var verdict = new Grading(fake.workbook()).grade(fake.task(), shipped());

    assertThat(verdict.compiled()).isTrue();
    assertThat(verdict.points()).isZero();
    assertThat(verdict.firstFailure().orElseThrow().explanation())
        .isEqualTo("Greeting.java:6 is still to do. Write your answer there.");
  }

  @Test
  void halfSolvedAnswerHasThePointsOfItsSteps() {
    var verdict = fake.grade(greeting("    return \"EHLO \" + host + \"\\r\\n\";"));

    assertThat(verdict.points()).isEqualTo(8);
    assertThat(verdict.passed()).isFalse();
    assertThat(verdict.firstFailure().orElseThrow().name())
        .isEqualTo("refuses a name with a line end");
  }

  @Test
  void firstFailureIsTheFirstByStepWithItsParts() {
    var step = fake.grade(greeting("    return \"EHLO \" + host;")).firstFailure().orElseThrow();

    assertThat(step.name()).isEqualTo("ends the line with CR LF");
    assertThat(step.explanation())
        .isEqualTo(
            """
            gave   the host "lib.example"
            wanted EHLO lib.example\r\n
            got    EHLO lib.example
            A line ends with two bytes.\
            """);
  }

  @Test
  void laterChecksRunAfterOneThatFails() {
    var verdict =
        fake.grade(
            greeting(
                """
                    if (host.contains("\\r")) throw new IllegalArgumentException();
                    return "HELO " + host + "\\r\\n";
                """));

    assertThat(verdict.steps()).extracting(Step::points).containsExactly(0, 0, 2);
  }

  @Test
  void answerNeedNotBeTheLearnersOwn() {
    fake.work(greeting("    return null;"));

    assertThat(fake.grade(accepted()).passed()).isTrue();
  }

  @Tag("all") // eight children
  @Test
  void manyAtOnceDoNotDisturbEachOther() throws Exception {
    var grading = new Grading(fake.workbook());
    var task = fake.task();
    var good = fake.answer(accepted());
    try (var pool = Executors.newFixedThreadPool(2)) {
      var verdicts =
          pool.invokeAll(
              IntStream.range(0, 4)
                  .mapToObj(i -> call(grading, task, i % 2 == 0 ? good : shipped()))
                  .toList());
      for (int i = 0; i < 4; i++) {
        assertThat(verdicts.get(i).get().points()).isEqualTo(i % 2 == 0 ? 10 : 0);
      }
    }
  }

  @Test
  void nothingIsLeftInTheTemporaryFolder(@TempDir Path temporary) {
    var grading = new Grading(fake.workbook(), temporary, Duration.ofSeconds(30));

    grading.grade(fake.task(), fake.answer(accepted()));
    grading.grade(fake.task(), fake.answer("package ch01;"));

    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void filesOfAnAnswerLandWhereNobodyTripsOverThem() {
    var verdict =
        fake.grade(
            greeting(
                """
                    try {
                      java.nio.file.Files.writeString(java.nio.file.Path.of("here.txt"), host);
                    } catch (java.io.IOException refused) {
                      return "";
                    }
                    if (host.contains("\\r")) throw new IllegalArgumentException();
                    return "EHLO " + host + "\\r\\n";
                """));

    assertThat(verdict.passed()).isTrue();
    assertThat(Path.of("here.txt")).doesNotExist();
    assertThat(root.resolve("here.txt")).doesNotExist();
  }

  @Test
  void charsetOfTheMachineIsNoneToRelyOn() {
    var verdict =
        fake.grade(
            greeting(
                """
                    System.out.print("世");
                    return "EHLO " + "世".getBytes().length + " " + java.nio.charset.Charset.defaultCharset();
                """));

    assertThat(verdict.firstFailure().orElseThrow().explanation())
        .contains("got    EHLO 1 ISO-8859-1");
    assertThat(verdict.printed().start()).isEqualTo("世");
  }

  @Test
  void toTheFirstFailureReachesNothingAfterIt() throws Exception {
    fake.work(greeting("    return \"\";"));
    var answer = fake.workbook().answer(fake.task());
    try (var grading = new Grading(fake.workbook())) {
      assertThat(grading.grade(fake.task(), answer).steps())
          .noneMatch(step -> step.outcome() instanceof Outcome.NotReached);
      var whole = new Grading.Answer(fake.task(), answer, false);
      var toTheFirst = new Grading.Answer(fake.task(), answer, true);
      var verdicts = grading.gradeMany(List.of(whole, toTheFirst));
      assertThat(verdicts.getFirst().steps())
          .noneMatch(step -> step.outcome() instanceof Outcome.NotReached);
      var steps = verdicts.getLast().steps();
      assertThat(steps.getFirst().outcome()).isInstanceOf(Outcome.Wrong.class);
      assertThat(steps.subList(1, steps.size()))
          .isNotEmpty()
          .allMatch(step -> step.outcome() instanceof Outcome.NotReached);
    }
  }

  /** The second, the third and the sixth end or spoil the child that they share. */
  @Tag(
      "all") // three children, and one waits for its deadline; the gallery grades many together too
  @Test
  void manyAnswersDoNotSpoilEachOther() throws Exception {
    var bodies =
        List.of(
            "System.out.print(1); return \"\";",
            "System.exit(3); return \"\";",
            "Thread.ofPlatform().name(\"left\").start(java.util.concurrent.locks.LockSupport::park);"
                + " return \"\";",
            "System.out.print(Thread.getAllStackTraces().keySet().stream()"
                + ".filter(thread -> thread.getName().equals(\"left\")).count()); return \"\";",
            "return ;",
            "while (true) Thread.onSpinWait();",
            "System.out.print(7); return \"\";",
            "System.out.print(8); return \"\";");
    var answers = new ArrayList<Grading.Answer>();
    for (var body : bodies) {
      var folder = Files.createDirectory(root.resolve("answer" + answers.size()));
      var file = Files.writeString(folder.resolve("Greeting.java"), greeting("    " + body));
      answers.add(new Grading.Answer(fake.task(), file, true));
    }
    try (var grading = new Grading(fake.workbook())) {
      var verdicts = grading.gradeMany(answers);

      assertThat(verdicts)
          .extracting(Verdict::answer)
          .isEqualTo(answers.stream().map(Grading.Answer::file).toList());
      assertThat(verdicts)
          .extracting(Verdict::compiled)
          .containsExactly(true, true, true, true, false, true, true, true);
      assertThat(explanation(verdicts.get(0))).contains("got    ");
      assertThat(explanation(verdicts.get(1))).contains("System.exit");
      assertThat(explanation(verdicts.get(2))).contains("got    ");
      assertThat(explanation(verdicts.get(5))).contains("while");
      assertThat(explanation(verdicts.get(6))).contains("got    ");
      assertThat(verdicts)
          .extracting(each -> each.printed().start())
          .containsExactly("1", "", "", "0", "", "", "7", "8");
    }
  }

  private static String explanation(Verdict verdict) {
    return verdict.firstFailure().orElseThrow().explanation();
  }

  @Test
  void missingFileIsTheGradersTroubleInOneLine() {
    var missing = root.resolve("Greeting.java");

    assertThatThrownBy(() -> new Grading(fake.workbook()).grade(fake.task(), missing))
        .isInstanceOf(CannotWork.class)
        .hasMessageContaining("cannot read " + missing);
  }

  private Path shipped() {
    return fake.workbook().shipped(fake.task());
  }

  private static Callable<Verdict> call(Grading grading, Task task, Path answer) {
    return () -> grading.grade(task, answer);
  }
}
