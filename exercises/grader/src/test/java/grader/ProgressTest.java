package grader;

import static grader.FakeWorkbook.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import grader.Progress.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {
  @TempDir Path root;
  private FakeWorkbook fake;

  @BeforeEach
  void workbook() {
    fake = new FakeWorkbook(root);
  }

  @Test
  void notStartedWithoutAFileOrWithTheShippedOne() throws Exception {
    assertThat(state()).isEqualTo(State.NOT_STARTED);

    fake.workbook().answer(fake.task());
    assertThat(state()).isEqualTo(State.NOT_STARTED);

    var shipped = Files.readString(fake.workbook().shipped(fake.task()));
    fake.work(shipped.replace("\n", "\r\n"));
    assertThat(state()).as("as git may check it out on Windows").isEqualTo(State.NOT_STARTED);
  }

  @Test
  void notCheckedUntilItIs() {
    fake.work("mine");

    assertThat(state()).isEqualTo(State.NOT_CHECKED);
  }

  @Test
  void partlySolvedThenChangedThenSolved() {
    reached(fake.work("half"), 2);
    assertThat(state()).isEqualTo(State.PARTLY);
    assertThat(Progress.read(fake.workbook()).points(fake.task())).isEqualTo(8);

    fake.work("another");
    assertThat(state()).isEqualTo(State.CHANGED);

    reached(fake.work("whole"), 3);
    assertThat(state()).isEqualTo(State.SOLVED);

    fake.work("whole, and more");
    assertThat(state()).isEqualTo(State.CHANGED);
  }

  @Test
  void unsolvedIsTheNextOneThenTheFirst() {
    fake.write(
        "exercises/checks/ch02/OtherTest.java",
        "package ch02; @grader.Exercise(id = \"2.1\", title = \"\", file = \"ch02/Other.java\","
            + " level = 1, minutes = 1) class OtherTest {}");
    var first = fake.task();
    var second = fake.workbook().task("2.1");

    assertThat(unsolved(Optional.empty())).contains(first);
    assertThat(unsolved(Optional.of(first))).contains(second);
    assertThat(unsolved(Optional.of(second))).contains(first);

    reached(fake.work("whole"), 3);
    assertThat(unsolved(Optional.empty())).contains(second);
    assertThat(unsolved(Optional.of(second))).isEmpty();
  }

  @Test
  void damagedMemoryIsNone() {
    fake.work(accepted());
    fake.write("exercises/mine/progress.properties", "1.1.points=many\n1.1.answer=\\u00");
    assertThat(state()).isEqualTo(State.NOT_CHECKED);

    fake.write("exercises/mine/progress.properties", "1.1.points=many\n1.1.hints=some");
    assertThat(Progress.read(fake.workbook()).points(fake.task())).isZero();
    assertThat(Progress.read(fake.workbook()).hints(fake.task())).isZero();
  }

  @Test
  void hintsAndPointsDoNotDisturbEachOther() {
    Progress.read(fake.workbook()).hinted(fake.task(), 2);
    reached(fake.work("half"), 2);

    assertThat(Progress.read(fake.workbook()).hints(fake.task())).isEqualTo(2);
    assertThat(Progress.read(fake.workbook()).points(fake.task())).isEqualTo(8);
  }

  @Test
  void nothingElseIsLeftInTheFolder() throws Exception {
    reached(fake.work("half"), 2);

    try (var files = Files.list(root.resolve("exercises/mine"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("ch01", "progress.properties");
    }
  }

  private State state() {
    return Progress.read(fake.workbook()).state(fake.task());
  }

  private Optional<Task> unsolved(Optional<Task> after) {
    return Progress.read(fake.workbook()).unsolved(after);
  }

  /** As a check of this file would have it. */
  private void reached(Path answer, int steps) {
    var all =
        fake.task().criteria().stream()
            .map(criterion ->
                new Step(
                    criterion,
                    criterion.step() <= steps ? new Outcome.Passed() : new Outcome.NotReached()))
            .toList();
    var verdict =
        new Verdict(fake.task(), answer, List.of(), all, Printed.NOTHING, Optional.empty());
    Progress.read(fake.workbook()).reached(verdict);
  }
}
