package gallery;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import grader.Criterion;
import grader.Grading;
import grader.Rejected;
import grader.Step;
import grader.Task;
import grader.Verdict;
import grader.Workbook;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Proves the checks: what is right passes all of them, and what is wrong is rejected by the one
 * that is there for it.
 *
 * <p>An author who is at work on one exercise need not wait for the others: {@code -Dgallery=3.2}.
 */
class GalleryTest {
  private static final String ONLY = System.getProperty("gallery", "");
  private static final int AT_A_TIME = 4;
  private static final int REJECTED_AT_LEAST = 5;

  private static final Workbook WORKBOOK = Workbook.find(Path.of(""));
  private static final Path SOLUTIONS = WORKBOOK.root().resolve("solutions");
  private static final Grading GRADING = new Grading(WORKBOOK);
  private static final ExecutorService GRADERS = Executors.newFixedThreadPool(AT_A_TIME);

  @AfterAll
  static void endGraders() {
    GRADERS.shutdownNow();
  }

  @TestFactory
  List<DynamicNode> gallery() {
    var rejected = rejected();
    return WORKBOOK.tasks().stream()
        .filter(task -> ONLY.isEmpty() || task.id().equals(ONLY))
        .map(task -> dynamicContainer(task.id(), tests(task, of(task, rejected)).toList().stream()))
        .map(DynamicNode.class::cast)
        .toList();
  }

  private static Stream<DynamicTest> tests(Task task, List<Rejected> rejected) {
    var files = rejected.stream().map(Rejected::file).toList();
    var verdicts = GRADERS.submit(() -> GRADING.gradeToTheFirstFailure(task, files));
    return Stream.concat(
        Stream.of(accepted(task), shipped(task)),
        IntStream.range(0, files.size())
            .mapToObj(i -> test(task, rejected.get(i), () -> verdicts.get().get(i))));
  }

  private static DynamicTest accepted(Task task) {
    var verdict = verdict(task, SOLUTIONS.resolve("accepted").resolve(task.file()));
    return dynamicTest(
        "accepted",
        () -> {
          assertThat(outcome(verdict.get())).isEqualTo("passes all");
          assertThat(verdict.get().points()).isEqualTo(task.points());
        });
  }

  private static DynamicTest shipped(Task task) {
    var verdict = verdict(task, WORKBOOK.shipped(task));
    return dynamicTest(
        "as shipped",
        () -> {
          assertThat(verdict.get().compiled()).as("compiles").isTrue();
          assertThat(verdict.get().steps()).filteredOn(Step::passed).isEmpty();
          assertThat(verdict.get().points()).isZero();
          assertThat(verdict.get().firstFailure().orElseThrow().explanation())
              .contains("is still to do");
        });
  }

  /**
   * @param fast the verdict of a virtual machine that has seen other answers. One that is not as
   *     expected is asked for again, of one that has not
   */
  private static DynamicTest test(Task task, Rejected rejected, Callable<Verdict> fast) {
    var expected = "rejected by \"%s\"\n".formatted(rejected.check());
    return dynamicTest(
        rejected.slug(),
        rejected.file().toUri(),
        () -> {
          if (outcome(fast.call()).startsWith(expected)) return;
          assertThat(outcome(GRADING.grade(task, rejected.file()))).startsWith(expected);
        });
  }

  private static Future<Verdict> verdict(Task task, Path answer) {
    return GRADERS.submit(() -> GRADING.grade(task, answer));
  }

  /** For a failure of ours to show what the learner would read. */
  private static String outcome(Verdict verdict) {
    if (!verdict.compiled()) {
      return verdict.errors().stream().map(Object::toString).collect(joining("\n"));
    }
    return verdict
        .firstFailure()
        .map(step -> "rejected by \"%s\"\n%s".formatted(step.name(), step.explanation()))
        .orElse("passes all");
  }

  @Test
  void everyCheckRejectsSomebody() {
    var rejected = rejected();
    for (var task : WORKBOOK.tasks()) {
      var proven = of(task, rejected).stream().map(Rejected::check).toList();
      var names = task.criteria().stream().map(Criterion::name).toList();
      assertThat(new HashSet<>(proven))
          .as("the checks of %s that a rejected solution names", task.id())
          .containsExactlyInAnyOrderElementsOf(names);
    }
  }

  @Test
  void everyExerciseHasRejectedSolutions() {
    Map<String, List<Rejected>> byExercise =
        rejected().stream().collect(groupingBy(Rejected::exercise));
    assertThat(byExercise.keySet())
        .containsExactlyInAnyOrderElementsOf(WORKBOOK.tasks().stream().map(Task::id).toList());
    assertThat(byExercise)
        .allSatisfy((exercise, rejected) ->
            assertThat(rejected).hasSizeGreaterThanOrEqualTo(REJECTED_AT_LEAST));
  }

  @Test
  void theHeadNamesTheChecksOfTheExercise() {
    for (var rejected : rejected()) {
      var task = WORKBOOK.task(rejected.exercise());
      assertThat(rejected.judge())
          .as("%s", rejected.file())
          .isEqualTo(task.checks().substring(task.checks().lastIndexOf('.') + 1));
      assertThat(rejected.file().getFileName()).isEqualTo(Path.of(task.file()).getFileName());
    }
  }

  @Test
  void theChecksOfAnExerciseAreWorthTenPoints() {
    assertThat(WORKBOOK.tasks()).allSatisfy(task -> assertThat(task.points()).isEqualTo(10));
  }

  private static List<Rejected> rejected() {
    return Rejected.of(WORKBOOK);
  }

  private static List<Rejected> of(Task task, List<Rejected> rejected) {
    return rejected.stream().filter(each -> each.exercise().equals(task.id())).toList();
  }
}
