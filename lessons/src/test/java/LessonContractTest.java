import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every lesson owes its reader, whatever it teaches. A new lesson is covered by existing. */
@ParameterizedClass(name = "{0}")
@MethodSource("Lesson#all")
class LessonContractTest {
  @Parameter Lesson lesson;

  @AutoClose private final Children children = new Children();

  @Test
  void nonsenseGetsTheUsageInOneLine() throws Exception {
    Usage.expect(children.run(lesson, "nonsense"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--nonsense", "demo demo", "DEMO", "\u001b[2J"})
  void soDoesOtherNonsense(String nonsense) throws Exception {
    Usage.expect(lesson, nonsense.split(" "));
  }

  @Test
  void firstLinesSayWhatItIsHowToRunItAndWhatToLookFor() {
    assertThat(lesson.lines())
        .startsWith("///usr/bin/env jbang \"$0\" \"$@\" ; exit $?", "//JAVA 25+");
    assertThat(lesson.lines().get(2)).matches("//DESCRIPTION .+");
    assertThat(lesson.head())
        .contains("// Lesson " + lesson.number() + ": ")
        .containsPattern("(?m)^// {3}[.]/jbang " + lesson.number() + "\\b")
        .contains("Look for ");
  }

  @Test
  void everyNoteNamesALaterLesson() {
    var notes = Pattern.compile("NOTE\\b.*").matcher(lesson.text()).results();
    assertThat(notes.map(note -> note.group()))
        .allSatisfy(note -> {
          var named = Pattern.compile("\\blesson ([0-2][0-9])\\b").matcher(note);
          assertThat(named.find()).as(note).isTrue();
          assertThat(named.group(1)).isGreaterThan(lesson.number());
        });
  }
}
