package wire;

import static org.awaitility.Awaitility.await;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Counts what a tap might leave behind. */
final class Leaks {
  private Leaks() {}

  static long descriptors() {
    var system = ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class);
    return system.getOpenFileDescriptorCount();
  }

  /** The virtual threads too: only a dump to a file shows them. */
  static List<String> threads(String prefix, Path folder) {
    try {
      var dump = folder.resolve("threads.txt");
      Files.deleteIfExists(dump);
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(dump.toAbsolutePath().toString(), ThreadDumpFormat.TEXT_PLAIN);
      try (var lines = Files.lines(dump)) {
        return lines.filter(line -> line.matches("#\\d+ \"" + prefix + ".*")).toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void awaitThreads(String prefix, int count, Path folder) {
    await().atMost(Peer.PATIENCE).until(() -> threads(prefix, folder).size() == count);
  }
}
