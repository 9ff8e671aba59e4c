package grader;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at the threads of this JVM. */
final class Threads {
  private static final Duration SAMPLE = Duration.ofMillis(100);

  private Threads() {}

  /** Those that keep a JVM alive, but not the ones that run the checks. */
  static Set<Thread> alive() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.isDaemon() && !isOurs(thread))
        .collect(Collectors.toSet());
  }

  private static boolean isOurs(Thread thread) {
    return thread == Thread.currentThread()
        || thread.getName().startsWith("junit-")
        || thread.getName().equals("main")
        || thread.getName().equals("DestroyJavaVM");
  }

  /**
   * @param check the id of the thread that runs the check
   */
  static Event.Stacks look(long check) {
    var beans = ManagementFactory.getThreadMXBean();
    return new Event.Stacks(dump(), check, cpuMillis(beans), waitsFor(beans));
  }

  /** The only dump that shows virtual threads, and it only goes to a file that is not there yet. */
  private static String dump() {
    try {
      var folder = Files.createTempDirectory("threads");
      var file = folder.resolve("dump.txt");
      try {
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
        return Files.readString(file);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException noDisk) {
      return "";
    }
  }

  /** A thread in a blocking call computes nothing; the JDK calls it runnable all the same. */
  private static Map<Long, Long> cpuMillis(ThreadMXBean beans) {
    var before = new HashMap<Long, Long>();
    for (long id : beans.getAllThreadIds()) before.put(id, beans.getThreadCpuTime(id));
    try {
      Thread.sleep(SAMPLE);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    var used = new HashMap<Long, Long>();
    before.forEach((id, nanos) -> used.put(id, (beans.getThreadCpuTime(id) - nanos) / 1_000_000));
    return used;
  }

  private static Map<Long, Long> waitsFor(ThreadMXBean beans) {
    var waitsFor = new HashMap<Long, Long>();
    var locked = beans.findDeadlockedThreads();
    if (locked == null) return waitsFor;
    for (var thread : beans.getThreadInfo(locked)) {
      if (thread != null) waitsFor.put(thread.getThreadId(), thread.getLockOwnerId());
    }
    return waitsFor;
  }
}
