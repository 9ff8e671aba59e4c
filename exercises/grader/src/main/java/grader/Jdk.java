package grader;

import java.nio.file.Path;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The JDK that we run on: it compiles answers and runs their checks. */
final class Jdk {
  static final int NEEDED = 25;

  private Jdk() {}

  static Path home() {
    return Path.of(System.getProperty("java.home"));
  }

  static boolean hasCompiler() {
    return ToolProvider.getSystemJavaCompiler() != null;
  }

  static JavaCompiler compiler() {
    if (!hasCompiler()) {
      throw new CannotWork("no compiler in " + home() + ": set JAVA_HOME to a JDK " + NEEDED);
    }
    return ToolProvider.getSystemJavaCompiler();
  }
}
