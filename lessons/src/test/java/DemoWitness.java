import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Runs a lesson's {@code demo} in this process and says on stderr that it has returned in time, and
 * what it has left: threads that still run, sockets that are still open. A demo that ends by {@code
 * System.exit} never returns.
 */
final class DemoWitness {
  private static final long DEADLINE_MILLIS = 5_000; // for the demo, and not for this JVM to start
  private static final Path PRESSURE = Path.of("/proc/pressure/cpu");
  private static final Pattern STALLED = Pattern.compile("some .* total=([0-9]+)");
  private static final long GRACE_MILLIS = 2_000; // for a thread that is about to end

  private DemoWitness() {}

  public static void main(String... args) throws Exception {
    var before = Thread.getAllStackTraces().keySet();
    var lesson = Class.forName(args[0]);
    var main = lesson.getDeclaredMethod("main", String[].class);
    long start = System.nanoTime();
    long stalledBefore = millisStalled();
    main.invoke(lesson.getDeclaredConstructor().newInstance(), (Object) new String[] {"demo"});
    long stalled = millisStalled() - stalledBefore;
    long millis = (System.nanoTime() - start) / 1_000_000 - stalled;
    System.err.println(millis < DEADLINE_MILLIS ? "returned" : "returned after " + millis + " ms");
    for (var thread : startedSince(before)) {
      thread.join(GRACE_MILLIS);
      if (thread.isAlive()) System.err.println("left the thread " + thread.getName());
    }
    for (var socket : openSockets()) System.err.println("left open " + socket);
    System.exit(0); // whatever is left would keep us here
  }

  /**
   * For how long somebody had to wait for a processor, since this machine was started: a demo is
   * not late because others are at work. Where Linux does not tell, it never is.
   */
  private static long millisStalled() throws IOException {
    if (!Files.isReadable(PRESSURE)) return System.nanoTime() / 1_000_000;
    var stalled = STALLED.matcher(Files.readString(PRESSURE));
    return stalled.find() ? Long.parseLong(stalled.group(1)) / 1_000 : 0;
  }

  /** Threads of the lesson: those that the virtual machine keeps for itself have its own group. */
  private static List<Thread> startedSince(Set<Thread> before) {
    var lessons = Thread.currentThread().getThreadGroup();
    var started = new ArrayList<>(Thread.getAllStackTraces().keySet());
    started.removeAll(before);
    started.removeIf(thread -> thread.getThreadGroup() != lessons);
    return started;
  }

  private static List<String> openSockets() throws Exception {
    return Proc.HERE ? new Proc(ProcessHandle.current().pid()).sockets() : List.of();
  }
}
