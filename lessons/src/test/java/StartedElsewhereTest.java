import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lessons as no build has them: only their source, in folders with names as people give them. */
class StartedElsewhereTest {
  /** Each process of a lesson that starts others compiles it anew. */
  private static final Duration COMPILERS = Duration.ofMinutes(1);

  @AutoClose private final Children children = new Children();

  /**
   * All that java alone can start: it fetches no {@code //DEPS}. It compiles for seconds, so in the
   * plain tier one lesson does. Where a demo compiles for each of its processes, {@link
   * ForkingTest} has one conversation instead.
   */
  static Stream<Lesson> fromTheirSource() {
    var lessons =
        Lesson.all()
            .filter(lesson -> !lesson.hasDependencies())
            .filter(lesson -> !lesson.startsAProcessForEach());
    return Tier.ALL ? lessons : lessons.limit(1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fromTheirSource")
  void demoNeedsNothingButJavaAndTheSource(Lesson lesson, @TempDir Path empty) throws Exception {
    var source = List.of(lesson.file().toString(), "demo");
    assertThat(Demo.run(children, lesson, empty, COMPILERS, source).err()).isEmpty();
  }

  static Stream<Lesson> lessonsThatStartThemselves() {
    return Lesson.all().filter(lesson -> lesson.text().contains("getCodeSource"));
  }

  /** The place of a class is told as a URL, and there such a name is spelled in another way. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("lessonsThatStartThemselves")
  void demoRunsInAFolderWithAnOddName(Lesson lesson, @TempDir Path above, @TempDir Path empty)
      throws Exception {
    var folder = Files.createDirectory(above.resolve("a bücket, 100%25 full"));
    copyClasses(lesson, folder);
    var compiled = List.of("-cp", folder.toString(), lesson.name(), "demo");
    var demo = Demo.run(children, lesson, empty, Child.PATIENCE, compiled);
    assertThat(demo.out()).contains("process ").doesNotContain("exit code 1");
  }

  private static void copyClasses(Lesson lesson, Path to) throws IOException {
    try (var files = Files.newDirectoryStream(Lesson.classes(), lesson.name() + "*.class")) {
      for (var file : files) Files.copy(file, to.resolve(file.getFileName()));
    }
  }
}
