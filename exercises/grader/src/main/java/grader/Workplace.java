package grader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** What a verdict takes: a folder, and a child JVM that waits for the classes to check. */
final class Workplace implements AutoCloseable {
  private final Path folder;
  private final AtInterrupt cleaning;
  private volatile Child child;

  Workplace(Path temporary) {
    try {
      folder = Files.createTempDirectory(temporary, "sockets-by-hand");
    } catch (IOException failed) {
      throw new CannotWork("cannot make a folder in " + temporary, failed);
    }
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

  /**
   * Starts a child; the one before has ended.
   *
   * @param warm whether it readies itself while there is still something to wait for
   */
  Child start(boolean warm) {
    child = Child.start(folder, warm);
    return child;
  }

  /** The one started last. */
  Child child() {
    return child;
  }

  private void clear() {
    if (child != null) child.close();
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
