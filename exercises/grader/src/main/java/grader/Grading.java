package grader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;

/**
 * Compiles answers, runs their checks in a JVM of their own, and says what became of them. Safe for
 * many threads.
 */
public final class Grading {
  private final Workbook workbook;
  private final Path temporary;
  private final Duration silence;

  public Grading(Workbook workbook) {
    this(workbook, Path.of(System.getProperty("java.io.tmpdir")), Duration.ofSeconds(30));
  }

  /**
   * @param temporary where its files go while it works
   * @param silence how long the child may go without finishing a check; the last resort, above the
   *     deadlines of checks
   */
  Grading(Workbook workbook, Path temporary, Duration silence) {
    this.workbook = workbook;
    this.temporary = temporary;
    this.silence = silence;
  }

  /**
   * @param answer any file that declares the task's class; it need not be the learner's own
   */
  public Verdict grade(Task task, Path answer) {
    var folder = temporaryFolder();
    // The child starts while the compiler works.
    try (var child = Child.start(folder);
        var _ = new AtInterrupt(() -> end(child, folder))) {
      var classes = Files.createDirectory(folder.resolve("classes"));
      var errors = Compilation.compile(workbook, task, answer, classes);
      if (!errors.isEmpty()) return Judge.notCompiled(task, answer, errors);
      return new Judge(task, Source.read(answer))
          .verdict(child.run(classes, task.checks(), silence));
    } catch (IOException failed) {
      throw new CannotWork("cannot write to " + folder, failed);
    } finally {
      delete(folder);
    }
  }

  private Path temporaryFolder() {
    try {
      return Files.createTempDirectory(temporary, "sockets-by-hand");
    } catch (IOException failed) {
      throw new CannotWork("cannot make a folder in " + temporary, failed);
    }
  }

  private static void end(Child child, Path folder) {
    child.close();
    delete(folder);
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
    } catch (IOException inUse) {
      folder.toFile().deleteOnExit(); // what is left is the system's to clean
    }
  }
}
