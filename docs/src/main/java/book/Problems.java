package book;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Everything that keeps the book from being right, each on a line that begins with the file to
 * mend. Threads may share it.
 */
final class Problems {
  private final Collection<String> found = new TreeSet<>();

  /**
   * @param line 0 if the problem is the whole file's
   */
  synchronized void add(String file, int line, String message) {
    found.add(line > 0 ? "%s:%d: %s".formatted(file, line, message) : file + ": " + message);
  }

  synchronized List<String> found() {
    return List.copyOf(found);
  }
}
