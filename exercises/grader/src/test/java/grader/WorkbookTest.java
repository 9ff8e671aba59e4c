package grader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkbookTest {
  @TempDir Path root;
  private FakeWorkbook fake;

  @BeforeEach
  void workbook() {
    fake = new FakeWorkbook(root);
  }

  @Test
  void isFoundFromAFolderInIt() {
    assertThat(Workbook.find(root.resolve("exercises/checks/ch01")).root()).isEqualTo(root);
    assertThat(Workbook.find(root).root()).isEqualTo(root);
  }

  @Test
  void isNotFoundOutsideOfOne(@TempDir Path other) {
    assertThatThrownBy(() -> Workbook.find(other)).hasMessageContaining(other.toString());
    assertThat(Workbook.find(List.of(other))).isEmpty();
    assertThat(Workbook.find(List.of(other, root)).orElseThrow().root()).isEqualTo(root);
  }

  @Test
  void tasksAreReadOffTheirAnnotations() {
    assertThat(fake.workbook().tasks())
        .containsExactly(
            new Task(
                "1.1",
                "A greeting",
                "ch01/Greeting.java",
                1,
                5,
                "ch01.GreetingTest",
                List.of(
                    new Criterion(
                        1, "greets with the host's name", 5, "chapter 1, \"Run it\"", "name"),
                    new Criterion(2, "ends the line with CR LF", 3, "chapter 1, \"Lines\"", "end"),
                    new Criterion(
                        3,
                        "refuses a name with a line end",
                        2,
                        "chapter 1, \"Injection\"",
                        "refuses"))));
    assertThat(fake.task().points()).isEqualTo(10);
  }

  @Test
  void tasksAreInTheOrderOfTheirNumbers() {
    exercise("1.10", "ch01");
    exercise("10.1", "ch10");
    exercise("2.1", "ch02");
    exercise("1.2", "ch01");

    assertThat(fake.workbook().tasks())
        .extracting(Task::id)
        .containsExactly("1.1", "1.2", "1.10", "2.1", "10.1");
  }

  @Test
  void testClassWithoutAnExerciseIsNone() {
    fake.write("exercises/checks/ch01/OtherTest.java", "package ch01; class OtherTest {}");

    assertThat(fake.workbook().tasks()).extracting(Task::id).containsExactly("1.1");
  }

  @Test
  void unknownExerciseNamesThoseThatThereAre() {
    exercise("2.1", "ch02");
    var workbook = fake.workbook();

    assertThatThrownBy(() -> workbook.task("1.7"))
        .isInstanceOf(UnknownExercise.class)
        .hasMessage("no exercise 1.7; chapter 1 has 1.1");
    assertThatThrownBy(() -> workbook.task("2")).hasMessage("no exercise 2; chapter 2 has 2.1");
    assertThatThrownBy(() -> workbook.task("seven"))
        .hasMessage("no exercise seven; the exercises are 1.1, 2.1");
  }

  @Test
  void answerIsMadeFromTheShippedFile() throws Exception {
    assertThat(fake.workbook().isBegun(fake.task())).isFalse();

    var answer = fake.workbook().answer(fake.task());

    assertThat(answer).isEqualTo(root.resolve("exercises/mine/ch01/Greeting.java"));
    assertThat(answer).hasSameTextualContentAs(fake.workbook().shipped(fake.task()));
    assertThat(fake.workbook().isBegun(fake.task())).isTrue();
  }

  @Test
  void answerThatIsThereIsLeftAlone() throws Exception {
    var mine = fake.work("mine");

    assertThat(Files.readString(fake.workbook().answer(fake.task()))).isEqualTo("mine");
    assertThat(mine).hasContent("mine");
  }

  @Test
  void missingShippedFileIsSaidInOneLine() throws Exception {
    Files.delete(fake.workbook().shipped(fake.task()));

    assertThatThrownBy(() -> fake.workbook().answer(fake.task()))
        .isInstanceOf(CannotWork.class)
        .hasMessageStartingWith("cannot make exercises/mine/ch01/Greeting.java");
  }

  @Test
  void valueThatIsNoLiteralIsSaidInOneLine() {
    fake.write(
        "exercises/checks/ch01/BadTest.java",
        "package ch01; @grader.Exercise(id = ID, title = \"\", file = \"\", level = 1, minutes = 1)"
            + " class BadTest {}");

    assertThatThrownBy(() -> fake.workbook().tasks())
        .isInstanceOf(CannotWork.class)
        .hasMessage("ID in an annotation of a check is not a literal");
  }

  private void exercise(String id, String chapter) {
    var name = "Ex" + id.replace('.', '_') + "Test";
    fake.write(
        "exercises/checks/%s/%s.java".formatted(chapter, name),
        """
        package %s;

        @grader.Exercise(id = "%s", title = "t", file = "%1$s/X.java", level = 1, minutes = 1)
        class %s {}
        """
            .formatted(chapter, id, name));
  }
}
