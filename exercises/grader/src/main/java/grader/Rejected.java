package grader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A wrong solution, as the first two lines of its file describe it.
 *
 * @param exercise its id, from the folder: {@code 1.1}
 * @param slug the folder it lies in
 * @param believes the misconception that its author has, a sentence
 * @param judge the class of checks that rejects it, {@code ReplyTest}
 * @param check the first of them that it fails
 */
public record Rejected(
    String exercise, String slug, Path file, String believes, String judge, String check) {
  private static final Pattern BELIEVES = Pattern.compile("// Believes: (\\S.*\\.)");
  private static final Pattern REJECTED_BY = Pattern.compile("// Rejected by: (\\w+) \"(.+)\"");

  /** All of a workbook: {@code solutions/rejected/EXERCISE/SLUG/File.java}. */
  public static List<Rejected> of(Workbook workbook) {
    var folder = workbook.root().resolve("solutions/rejected");
    if (!Files.isDirectory(folder)) return List.of(); // a teacher may leave them out
    try {
      return in(folder);
    } catch (IOException unreadable) {
      throw new CannotWork("cannot read " + workbook.shown(folder), unreadable);
    }
  }

  private static List<Rejected> in(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .sorted()
          .map(Rejected::of)
          .toList();
    }
  }

  private static Rejected of(Path file) {
    try (var lines = Files.lines(file)) {
      var head = lines.limit(2).toList();
      var believes = match(BELIEVES, head.getFirst(), file);
      var rejectedBy = match(REJECTED_BY, head.getLast(), file);
      var slug = file.getParent();
      return new Rejected(
          slug.getParent().getFileName().toString(),
          slug.getFileName().toString(),
          file,
          believes.group(1),
          rejectedBy.group(1),
          rejectedBy.group(2));
    } catch (IOException unreadable) {
      throw new IllegalStateException(file + " cannot be read", unreadable);
    }
  }

  private static Matcher match(Pattern pattern, String line, Path file) {
    var matcher = pattern.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "%s: \"%s\" is not of the form \"%s\"".formatted(file, line, pattern));
    }
    return matcher;
  }
}
