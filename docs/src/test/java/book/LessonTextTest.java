package book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LessonTextTest {
  private static LessonText lesson(String text) {
    return LessonText.parse("L01.java", text.lines().toList());
  }

  @Test
  void aTagMayHoldAnotherAndComeTwice() {
    var lesson =
        lesson(
            """
            // tag::all[]
            one
            // tag::inner[]
            two
            // end::inner[]
            // end::all[]
            three
            // tag::inner[]
            four
            // end::inner[]
            """);
    assertThat(lesson.select(List.of("all"))).containsExactly(2, 4);
    assertThat(lesson.select(List.of("inner"))).containsExactly(4, 9);
    assertThat(lesson.select(List.of())).containsExactly(2, 4, 7, 9);
  }

  @Test
  void refusesWhatDoesNotNest() {
    assertThatThrownBy(() -> lesson("// tag::a[]\ncode\n"))
        .hasMessage("L01.java: never closed: tag a");
    assertThatThrownBy(() -> lesson("code\n// end::a[]\n"))
        .hasMessage("L01.java:2: closed but not open: a");
    assertThatThrownBy(() -> lesson("// tag::a[]\n// tag::a[]\n"))
        .hasMessage("L01.java:2: opened twice: a");
  }

  @Test
  void refusesATagThatIsNotThere() {
    assertThatThrownBy(() -> lesson("// tag::a[]\n// end::a[]\n").select(List.of("b")))
        .hasMessage("L01.java has no tag b, only a");
  }
}
