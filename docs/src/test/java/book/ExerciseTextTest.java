package book;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExerciseTextTest {
  @Test
  void readsTheAnnotationsOfACheckClass() {
    var exercise =
        ExerciseText.parse(
            """
            @Exercise(
                id = "1.1",
                title = "A \\"correct\\" reply (HTTP)",
                file = "ch01/Reply.java",
                level = 1,
                minutes = 15)
            class ReplyTest {
              @Check(step = 2, value = "counts bytes, " + "not characters", points = 3, read = "x")
              void second() {}

              @Check(step = 1, value = "ends lines with CR LF", points = 7, read = "chapter 1 (\\"Lines\\")")
              void first() {}
            }
            """);
    assertThat(exercise)
        .isEqualTo(
            new ExerciseText(
                "1.1",
                "A \"correct\" reply (HTTP)",
                "ch01/Reply.java",
                1,
                15,
                java.util.List.of(
                    new ExerciseText.Step(1, "ends lines with CR LF", 7),
                    new ExerciseText.Step(2, "counts bytes, not characters", 3))));
    assertThat(exercise.points()).isEqualTo(10);
  }

  @Test
  void anyOtherClassIsNone() {
    assertThat(ExerciseText.parse("class Helper {}")).isNull();
  }
}
