import java.nio.file.Path;
import java.util.List;

/** The objects that a process of ours can still reach. */
final class Heap {
  private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");

  private Heap() {}

  /** Collects its garbage first. The count is exact: no size of any machine is in it. */
  static int objects(Children children, Child process) throws Exception {
    var histogram = List.of(JCMD.toString(), "" + process.pid(), "GC.class_histogram");
    try (var jcmd = children.start(new ProcessBuilder(histogram))) {
      return Integer.parseInt(jcmd.awaitOut("(?m)^Total +([0-9]+) ").group(1));
    }
  }
}
