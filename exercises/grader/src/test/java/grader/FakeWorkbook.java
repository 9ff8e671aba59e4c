package grader;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A workbook with one small exercise, 1.1: the line with which a mail client greets (RFC 5321,
 * section 4.1.1.1).
 */
final class FakeWorkbook {
  private final Path root;

  FakeWorkbook(Path root) {
    this(root, 20_000);
  }

  /**
   * @param deadline of each check, in milliseconds
   */
  FakeWorkbook(Path root, long deadline) {
    this.root = root;
    write("jbang-catalog.json", "{}");
    write(
        "exercises/checks/ch01/GreetingTest.java",
        """
        package ch01;

        import static grader.Given.given;

        import grader.Check;
        import grader.Exercise;
        import java.util.concurrent.TimeUnit;
        import org.junit.jupiter.api.Timeout;

        @Exercise(id = "1.1", title = "A greeting", file = "ch01/Greeting.java", level = 1, minutes = 5)
        @Timeout(value = 5_000, unit = TimeUnit.MILLISECONDS)
        class GreetingTest {
          @Check(step = 2, value = "ends the line with CR LF", points = 3, read = "chapter 1, \\"Lines\\"")
          void end() {
            given("the host \\"lib.example\\"")
                .wants("EHLO lib.example\\r\\n", Greeting.line("lib.example"), "A line ends with two bytes.");
          }

          @Check(step = 1, value = "greets with the host's name", points = 5, read = "chapter 1, \\"Run it\\"")
          void name() {
            given("the host \\"mx.example\\"")
                .wants("EHLO mx.example", Greeting.line("mx.example").strip(), "This looks like code that ignores its argument.");
          }

          @Check(step = 3, value = "refuses a name with a line end", points = 2, read = "chapter 1, " + "\\"Injection\\"")
          void refuses() {
            given("a host's name with CR LF in it")
                .throwing(IllegalArgumentException.class, () -> Greeting.line("a\\r\\nQUIT"), "Whoever chose the name adds a command.");
          }
        }
        """
            .replace("5_000", "" + deadline));
    write(
        "exercises/shipped/ch01/Greeting.java",
        greeting("    throw new UnsupportedOperationException(\"TODO: exercise 1.1\");"));
    write(
        "exercises/hints/1.1.adoc",
        """
        == Nudge

        Which two bytes end a line of SMTP? Look at what `strip()` would take away from your answer, and at nothing else.

        == Concept

        Lines on the wire end with CR LF (<<lines,chapter 1, "Lines">>).

        ----
        E H L O   l i b ␍ ␊
        ----

        == Nearly the code

        Join the word, the name and the *two* bytes.
        """);
  }

  Workbook workbook() {
    return Workbook.find(root);
  }

  Task task() {
    return workbook().task("1.1");
  }

  /** A file outside of the learner's folder. */
  Path answer(String text) {
    return write("elsewhere/Greeting.java", text);
  }

  /** The learner's own file. */
  Path work(String text) {
    return write("exercises/mine/ch01/Greeting.java", text);
  }

  Path write(String file, String text) {
    return write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  Path write(String file, byte[] bytes) {
    try {
      var path = root.resolve(file);
      Files.createDirectories(path.getParent());
      return Files.write(path, bytes);
    } catch (IOException noDisk) {
      throw new UncheckedIOException(noDisk);
    }
  }

  Verdict grade(String answer) {
    return new Grading(workbook()).grade(task(), answer(answer));
  }

  /** An answer that passes every check. */
  static String accepted() {
    return greeting(
        """
            if (host.contains("\\r")) throw new IllegalArgumentException("a line end in " + host);
            return "EHLO " + host + "\\r\\n";
        """);
  }

  /** An answer with this body; its first line is the sixth of the file. */
  static String greeting(String body) {
    return greeting(body, "");
  }

  /**
   * @param members what the class has besides
   */
  static String greeting(String body, String members) {
    return """
    package ch01;

    public final class Greeting {
      // RFC 5321, section 4.1.1.1
      public static String line(String host) {
    %s
      }
    %s
    }
    """
        .formatted(body.stripTrailing(), members.stripTrailing());
  }
}
