package grader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** What one verdict takes: a folder, and a child JVM that waits for the classes to check. */
final class Workplace implements AutoCloseable {
  private final Path folder;
  private final Child child;
  private final AtInterrupt cleaning;

  /**
   * @param warm whether the child readies itself while there is still something to wait for
   */
  Workplace(Path temporary, boolean warm) {
    try {
      folder = Files.createTempDirectory(temporary, "sockets-by-hand");
    } catch (IOException failed) {
      throw new CannotWork("cannot make a folder in " + temporary, failed);
    }
    child = Child.start(folder, warm);
    try {
      cleaning = new AtInterrupt(this::clear);
    } catch (IllegalStateException ending) { // this program, at this moment
      clear();
      throw new CannotWork("stopped", ending);
    }
  }

  /** An empty folder for the classes of one compilation. */
  Path classes() {
    try {
      return Files.createTempDirectory(folder, "classes");
    } catch (IOException failed) {
      throw new CannotWork("cannot write to " + folder, failed);
    }
  }

  Child child() {
    return child;
  }

  private void clear() {
    child.close();
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
    } catch (IOException inUse) {
      folder.toFile().deleteOnExit(); // what is left is the system's to clean
    }
  }

  @Override
  public void close() {
    try (cleaning) {
      clear();
    }
  }
}
