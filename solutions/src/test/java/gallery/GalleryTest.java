package gallery;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import grader.Criterion;
import grader.Grading;
import grader.Grading.Answer;
import grader.Rejected;
import grader.Step;
import grader.Task;
import grader.Verdict;
import grader.Workbook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Proves the checks: what is right passes all of them, and what is wrong is rejected by the one
 * that is there for it.
 *
 * <p>With {@code -Pall} that is every wrong solution, and without it one for each check. An author
 * who is at work on one exercise need not wait for the others: {@code -Dgallery=3.2}.
 */
class GalleryTest {
  private static final boolean ALL = Boolean.getBoolean("all");
  private static final String ONLY = System.getProperty("gallery", "");

  /**
   * They often wait. With a virtual machine for each right answer, more would starve each other.
   */
  private static final int AT_A_TIME = ALL ? 4 : 8;

  private static final int REJECTED_AT_LEAST = 5;

  private static final Workbook WORKBOOK = Workbook.find(Path.of(""));
  private static final Path SOLUTIONS = WORKBOOK.root().resolve("solutions");
  private static final Grading GRADING = new Grading(WORKBOOK);
  private static final ExecutorService GRADERS = Executors.newFixedThreadPool(AT_A_TIME);

  @AfterAll
  static void endGraders() {
    GRADERS.shutdownNow();
  }

  /** An answer of somebody, and what must become of it. */
  private record Example(String name, Answer answer, Consumer<Verdict> expected) {
    Verdict gradeAlone() {
      return GRADING.grade(answer.task(), answer.file());
    }

    /**
     * @param shared the verdict of a virtual machine that has seen other answers. If it is not as
     *     expected, one is asked that has not
     */
    Verdict confirmed(Verdict shared) {
      try {
        expected.accept(shared);
        return shared;
      } catch (AssertionError otherwise) {
        return gradeAlone();
      }
    }
  }

  @TestFactory
  List<DynamicNode> gallery() {
    var rejected = rejected();
    var examples =
        WORKBOOK.tasks().stream()
            .filter(GalleryTest::isWanted)
            .flatMap(task -> examples(task, rejected).stream())
            .toList();
    var verdicts = verdicts(examples);
    var tests = new LinkedHashMap<String, List<DynamicTest>>();
    for (var example : examples) {
      var verdict = verdicts.get(example);
      tests
          .computeIfAbsent(example.answer.task().id(), _ -> new ArrayList<>())
          .add(
              dynamicTest(
                  example.name,
                  example.answer.file().toUri(),
                  () -> example.expected.accept(verdict.call())));
    }
    var nodes = new ArrayList<DynamicNode>();
    tests.forEach((exercise, all) -> nodes.add(dynamicContainer(exercise, all)));
    return nodes;
  }

  private static boolean isWanted(Task task) {
    return ONLY.isEmpty() || task.id().equals(ONLY);
  }

  private static List<Example> examples(Task task, List<Rejected> rejected) {
    var examples = new ArrayList<Example>();
    examples.add(accepted(task));
    examples.add(shipped(task));
    var proven = new HashSet<String>();
    for (var each : of(task, rejected)) {
      if (proven.add(each.check()) || ALL) examples.add(rejected(task, each));
    }
    return examples;
  }

  private static Example accepted(Task task) {
    var answer = new Answer(task, SOLUTIONS.resolve("accepted").resolve(task.file()), false);
    return new Example(
        "accepted",
        answer,
        verdict -> {
          assertThat(outcome(verdict)).isEqualTo("passes all");
          assertThat(verdict.points()).isEqualTo(task.points());
        });
  }

  private static Example shipped(Task task) {
    return new Example(
        "as shipped",
        new Answer(task, WORKBOOK.shipped(task), false),
        verdict -> {
          assertThat(verdict.compiled()).as("compiles").isTrue();
          assertThat(verdict.steps()).filteredOn(Step::passed).isEmpty();
          assertThat(verdict.points()).isZero();
          assertThat(verdict.firstFailure().orElseThrow().explanation()).contains("is still to do");
        });
  }

  private static Example rejected(Task task, Rejected rejected) {
    var by = "rejected by \"%s\"\n".formatted(rejected.check());
    return new Example(
        rejected.slug(),
        new Answer(task, rejected.file(), true),
        verdict -> assertThat(outcome(verdict)).startsWith(by));
  }

  /**
   * What is right, or as shipped, has a virtual machine to itself with {@code -Pall}, as it has on
   * a learner's machine. All others share a few.
   */
  private static Map<Example, Callable<Verdict>> verdicts(List<Example> examples) {
    var verdicts = new HashMap<Example, Callable<Verdict>>();
    var together = new ArrayList<Example>();
    for (var example : examples) {
      if (ALL && !example.answer.toTheFirstFailure()) {
        verdicts.put(example, GRADERS.submit(example::gradeAlone)::get);
      } else {
        together.add(example);
      }
    }
    for (var share : shares(together)) verdicts.putAll(verdictsTogether(share));
    return verdicts;
  }

  /** The examples of an exercise stay together. What takes a learner long takes a grader long. */
  private static List<List<Example>> shares(List<Example> examples) {
    var byTask = examples.stream().collect(groupingBy(each -> each.answer.task()));
    var tasks = new ArrayList<>(byTask.keySet());
    tasks.sort(comparing(Task::minutes).reversed().thenComparing(Task::id));
    var shares = new ArrayList<List<Example>>();
    for (int i = 0; i < AT_A_TIME; i++) shares.add(new ArrayList<>());
    for (var task : tasks) {
      var smallest = Collections.min(shares, comparing(GalleryTest::minutes));
      smallest.addAll(byTask.get(task));
    }
    return shares;
  }

  private static int minutes(List<Example> share) {
    return share.stream().mapToInt(each -> each.answer.task().minutes()).sum();
  }

  private static Map<Example, Callable<Verdict>> verdictsTogether(List<Example> share) {
    var answers = share.stream().map(Example::answer).toList();
    var graded = GRADERS.submit(() -> GRADING.gradeMany(answers));
    var verdicts = new HashMap<Example, Callable<Verdict>>();
    for (int i = 0; i < share.size(); i++) {
      int place = i;
      var example = share.get(i);
      verdicts.put(example, () -> example.confirmed(graded.get().get(place)));
    }
    return verdicts;
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
