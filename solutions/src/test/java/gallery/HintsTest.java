package gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import grader.Task;
import grader.Workbook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Hints help in three steps, and none of them is the solution. */
class HintsTest {
  private static final List<String> TITLES = List.of("Nudge", "Concept", "Nearly the code");

  /** Shorter lines, such as a brace or {@code return head;}, give nothing away. */
  private static final int TELLING = 12;

  private static final Pattern TITLE = Pattern.compile("(?m)^== (.+)$");
  private static final Pattern SECTION = Pattern.compile("\"([^\"]+)\"");

  private static final Workbook WORKBOOK = Workbook.find(Path.of(""));
  private static final Path ROOT = WORKBOOK.root();

  @TestFactory
  Stream<DynamicTest> hints() {
    return WORKBOOK.tasks().stream()
        .flatMap(task ->
            Stream.of(
                dynamicTest(task.id() + " has three", () -> hasThree(task)),
                dynamicTest(task.id() + " names its section", () -> namesItsSection(task)),
                dynamicTest(task.id() + " does not leak", () -> doesNotLeak(task))));
  }

  private static void hasThree(Task task) throws IOException {
    assertThat(TITLE.matcher(text(task)).results().map(title -> title.group(1)))
        .containsExactlyElementsOf(TITLES);
  }

  private static void namesItsSection(Task task) throws IOException {
    var text = text(task);
    var concept =
        text.substring(text.indexOf("== Concept"), text.indexOf("== Nearly the code"))
            .replaceAll("\\s+", " ");
    var read = concept.substring(concept.lastIndexOf("Read chapter"));
    assertThat(SECTION.matcher(read).results().map(section -> section.group(1)))
        .isNotEmpty()
        .isSubsetOf(sections(task));
  }

  /** What a check tells the learner to read has to be there as well. */
  @TestFactory
  Stream<DynamicTest> whatToRead() {
    return WORKBOOK.tasks().stream()
        .map(task ->
            dynamicTest(
                task.id(),
                () -> {
                  var sections = sections(task);
                  assertThat(task.criteria())
                      .allSatisfy(check ->
                          assertThat(SECTION.matcher(check.read()).results())
                              .extracting(match -> match.group(1))
                              .isNotEmpty()
                              .isSubsetOf(sections));
                }));
  }

  private static void doesNotLeak(Task task) throws IOException {
    var hints = normal(text(task));
    var solution = Files.readAllLines(ROOT.resolve("solutions/accepted").resolve(task.file()));
    assertThat(solution.stream().map(HintsTest::normal).filter(HintsTest::tells))
        .isNotEmpty()
        .noneMatch(hints::contains);
  }

  private static boolean tells(String line) {
    return line.length() > TELLING
        && !line.startsWith("import ")
        && !line.startsWith("package ")
        && !line.startsWith("//")
        && !line.startsWith("/*")
        && !line.startsWith("*");
  }

  private static String normal(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  private static String text(Task task) throws IOException {
    return Files.readString(ROOT.resolve("exercises/hints").resolve(task.id() + ".adoc"));
  }

  /** The titles of the sections of the exercise's chapter. */
  private static Set<String> sections(Task task) throws IOException {
    var number = "%02d".formatted(Integer.parseInt(task.id().replaceFirst("\\..*", "")));
    try (var files = Files.list(ROOT.resolve("docs/chapters"))) {
      var chapter =
          files
              .filter(file -> file.getFileName().toString().startsWith(number + "-"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no chapter " + number));
      return TITLE
          .matcher(Files.readString(chapter))
          .results()
          .map((MatchResult title) -> title.group(1))
          .collect(Collectors.toSet());
    }
  }
}
