package grader;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What checks are compiled with and run with: the grader and its libraries, and nothing else. */
final class ClassPath {
  private ClassPath() {}

  /**
   * The libraries of this JVM and our own classes. Other folders on its class path hold the tests
   * of a build, maybe an accepted answer too; a check must not find that where the learner's is
   * missing.
   */
  static String ofChecks() {
    var own = own();
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().normalize())
        .filter(entry -> entry.toString().endsWith(".jar") || entry.equals(own))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The folder or the jar that this class is from. */
  static Path own() {
    try {
      var from = ClassPath.class.getProtectionDomain().getCodeSource().getLocation();
      return Path.of(from.toURI()).toAbsolutePath();
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
