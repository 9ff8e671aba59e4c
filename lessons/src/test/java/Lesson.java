import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A lesson's source. What a lesson promises is read from the source itself, so that no test keeps a
 * list of lessons:
 *
 * <ul>
 *   <li>its usage line begins {@code usage: ./jbang NN [PORT}: it serves, on the port it is given;
 *   <li>it prints {@code Listening on http://}: what it serves is HTTP;
 *   <li>its head says {@code one conversation at a time}: a slow client makes the others wait;
 *   <li>its head says {@code a process for each client}: a conversation costs as much as a process;
 *   <li>it has a region {@code service}: it serves the dialogue, under each {@link Architecture}
 *       that its usage line names.
 * </ul>
 *
 * <p>What it serves else, a {@link Service} says. An author who is at work on one lesson need not
 * wait for the others: {@code -Dlesson=13}.
 */
record Lesson(Path file, List<String> lines) {
  private static final String ONLY = System.getProperty("lesson", "");

  static Stream<Lesson> all() {
    try (var files = Files.list(folder())) {
      var lessons = files.filter(Lesson::isLesson).sorted().map(Lesson::read).toList();
      return lessons.stream().filter(lesson -> lesson.number().startsWith(ONLY));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static boolean isLesson(Path file) {
    return file.getFileName().toString().matches("L[0-9]{2}.*[.]java");
  }

  static Stream<Lesson> serving() {
    return all().filter(Lesson::serves);
  }

  static Lesson named(String name) {
    return read(folder().resolve(name + ".java"));
  }

  private static Lesson read(Path file) {
    try {
      return new Lesson(file, Files.readAllLines(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  String name() {
    return file.getFileName().toString().replace(".java", "");
  }

  /** Its name without its number: Chat. */
  String title() {
    return name().substring(3);
  }

  String number() {
    return name().substring(1, 3);
  }

  String text() {
    return lines.stream().collect(joining("\n"));
  }

  /** The comment at the top. */
  String head() {
    return lines.stream()
        .takeWhile(line -> line.isEmpty() || line.startsWith("//"))
        .collect(joining("\n"));
  }

  boolean serves() {
    return text().contains("usage: ./jbang " + number() + " [PORT");
  }

  boolean servesHttp() {
    return text().contains("Listening on http://");
  }

  boolean servesManyAtOnce() {
    return !head().contains("one conversation at a time");
  }

  boolean startsAProcessForEach() {
    return head().contains("a process for each client");
  }

  /** What lies between the two lines that mark a region. */
  Optional<String> region(String tag) {
    var region = Pattern.compile("// tag::" + tag + "\\[]\n(.*)\n// end::" + tag, Pattern.DOTALL);
    return region.matcher(text()).results().map(found -> found.group(1)).findFirst();
  }

  boolean servesTheDialogue() {
    return region("service").isPresent();
  }

  boolean hasDependencies() {
    return lines.stream().anyMatch(line -> line.startsWith("//DEPS "));
  }

  /** What the lesson asks of java, as JBang passes it on: {@code //RUNTIME_OPTIONS}. */
  List<String> runtimeOptions() {
    return lines.stream()
        .filter(line -> line.startsWith("//RUNTIME_OPTIONS "))
        .flatMap(line -> Stream.of(line.split(" +")).skip(1))
        .toList();
  }

  /** A limit that the lesson declares as a constant: {@code 8192} or {@code 8 * 1024}. */
  int limit(String constant) {
    var declared = Pattern.compile("\\b" + constant + " = ([0-9_]+)(?: \\* ([0-9_]+))?[,;]");
    var found = declared.matcher(text());
    if (!found.find()) throw new AssertionError(name() + " declares no limit " + constant);
    return number(found.group(1)) * (found.group(2) == null ? 1 : number(found.group(2)));
  }

  private static int number(String digits) {
    return Integer.parseInt(digits.replace("_", ""));
  }

  /** Where the compiled lessons are. */
  static Path classes() {
    return folder().resolve("target/classes");
  }

  /** The lessons' folder, found from target/test-classes: an IDE may start us anywhere. */
  private static Path folder() {
    try {
      var here = Lesson.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(here).getParent().getParent();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public String toString() {
    return name();
  }
}
