import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every lesson owes its reader, whatever it teaches. A new lesson is covered by existing. */
@ParameterizedClass(name = "{0}")
@MethodSource("Lesson#all")
class LessonContractTest {
  /** Each process of a lesson that starts others compiles it anew. */
  private static final Duration COMPILERS = Duration.ofMinutes(1);

  @Parameter Lesson lesson;

  @AutoClose private final Children children = new Children();

  @Test
  void demoReturnsWithItsThreadsEndedAndItsSocketsClosed(@TempDir Path empty) throws Exception {
    var classPath = System.getProperty("java.class.path");
    var witness = List.of("-cp", classPath, DemoWitness.class.getName(), lesson.name());
    assertThat(demo(empty, Child.PATIENCE, witness).errLines()).containsExactly("returned");
  }

  @Tag("all") // a compiler for each
  @Test
  void demoEndsByItselfWithNothingButJavaAndItsSource(@TempDir Path empty) throws Exception {
    assumeFalse(lesson.hasDependencies(), "java alone fetches no //DEPS");
    // Each process of a lesson that starts many would compile it anew: ForkingTest has that once.
    var compiled = List.of("-cp", System.getProperty("java.class.path"), lesson.name(), "demo");
    var source = List.of(lesson.file().toString(), "demo");
    var demo = demo(empty, COMPILERS, lesson.startsAProcessForEach() ? compiled : source);
    assertThat(demo.err()).isEmpty();
  }

  /** Nothing stands on its standard input, and nobody is there to press a key. */
  private Child demo(Path empty, Duration patience, List<String> words) throws Exception {
    var mark = UUID.randomUUID().toString();
    var home = List.of("-Djava.io.tmpdir=" + empty, "-Duser.home=" + empty);
    var command = Children.java(lesson.runtimeOptions(), home, words).directory(empty.toFile());
    command.environment().put("DEMO_MARK", mark); // its children would inherit it
    var demo = children.start(command).endInput();
    assertThat(demo.exitCode(patience)).isZero();
    if (Proc.HERE) assertThat(Proc.processesWith("DEMO_MARK", mark)).isEmpty();
    assertThat(demo.out()).isNotBlank();
    assertThat(empty).isEmptyDirectory();
    return demo;
  }

  static List<String> nonsense() {
    return Tier.first("nonsense", "--nonsense", "demo demo", "DEMO", "\u001b[2J");
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void nonsenseGetsTheUsageInOneLine(String nonsense) throws Exception {
    Usage.expect(children.run(lesson, nonsense.split(" ")));
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
