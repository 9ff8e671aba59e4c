package grader;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Looks at this machine for what the workbook uses. */
final class Doctor {
  private final Workbook workbook;
  private final boolean linux = System.getProperty("os.name").equals("Linux");

  Doctor(Workbook workbook) {
    this.workbook = workbook;
  }

  /**
   * @param what what was looked at
   * @param required whether nothing works without it
   * @param fine whether it is as it should be
   * @param remark what was found if it is fine, else what it is for and how to get it
   */
  record Finding(String what, boolean required, boolean fine, String remark) {}

  List<Finding> findings() {
    return List.of(
        jdk(),
        workFolder(),
        program("Maven", "mvn verify tests the whole workbook", "maven", "mvn", "mvn.cmd"),
        port(8080, "the web servers of the lessons"),
        port(9000, "the servers of chapter 2"),
        ipv6(),
        program("curl", "the chapters talk to servers with it", "curl", "curl", "curl.exe"),
        program(
            "python3",
            "some chapters run Python's servers beside ours",
            "python3",
            "python3",
            "python.exe"),
        program(
            "strace", "some chapters show system calls with it; Linux only", "strace", "strace"),
        program(
            "chromium",
            "only to take pictures of the book",
            "chromium",
            "chromium",
            "chromium-browser",
            "google-chrome"),
        watching(),
        root());
  }

  private static Finding jdk() {
    int version = Runtime.version().feature();
    var home = System.getProperty("java.home");
    if (version < 25)
      return new Finding(
          "JDK", true, false, "this is %d: set JAVA_HOME to a JDK 25".formatted(version));
    if (!Jdk.hasCompiler()) {
      return new Finding(
          "JDK", true, false, "%s has no compiler: set JAVA_HOME to a JDK 25".formatted(home));
    }
    return new Finding("JDK", true, true, Runtime.version().feature() + " in " + home);
  }

  private Finding workFolder() {
    var work = workbook.work();
    var shown = workbook.shown(work);
    try {
      Files.createDirectories(work);
      Files.delete(Files.createTempFile(work, "doctor", ".tmp"));
      return new Finding("your folder", true, true, shown + " can be written");
    } catch (IOException refused) {
      return new Finding(
          "your folder",
          true,
          false,
          "%s cannot be written: your answers go there. chmod -R u+w %s".formatted(shown, shown));
    }
  }

  private Finding program(String what, String use, String pack, String... names) {
    var found =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .flatMap(folder -> Stream.of(names).map(name -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();
    return found
        .map(file -> new Finding(what, false, true, file.toString()))
        .orElseGet(() -> new Finding(what, false, false, use + ". " + install(pack)));
  }

  private static String install(String pack) {
    var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (system.contains("mac")) return "brew install " + pack;
    if (system.contains("win")) return "winget install " + pack;
    return "sudo apt install " + pack;
  }

  private Finding port(int port, String use) {
    var what = "port " + port;
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return new Finding(what, false, true, "free, for " + use);
    } catch (IOException taken) {
      var who = linux ? "ss -ltnp 'sport = :%d'".formatted(port) : "lsof -nP -iTCP:" + port;
      return new Finding(
          what, false, false, "taken; %s use it. See by whom: %s".formatted(use, who));
    }
  }

  private Finding ipv6() {
    try (var _ = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
      return new Finding("IPv6 loopback", false, true, "::1 answers");
    } catch (IOException refused) {
      var mend = linux ? "sudo sysctl -w net.ipv6.conf.lo.disable_ipv6=0" : "switch IPv6 on";
      return new Finding(
          "IPv6 loopback", false, false, "no ::1; lessons on addresses show it. " + mend);
    }
  }

  private static Finding watching() {
    try (var watcher = FileSystems.getDefault().newWatchService()) {
      boolean polls = watcher.getClass().getSimpleName().contains("Polling");
      return new Finding(
          "file watching",
          false,
          true,
          polls
              ? "by polling: a saved file is seen after seconds"
              : "by the system: a saved file is seen at once");
    } catch (IOException refused) {
      return new Finding(
          "file watching",
          false,
          false,
          "refused: a saved file is not seen. Raise fs.inotify.max_user_instances");
    }
  }

  private static Finding root() {
    boolean root = System.getProperty("user.name").equals("root");
    return new Finding(
        "root",
        false,
        true,
        root
            ? "yes: a learner's own account is safer"
            : "no, and only the raw sockets of chapter 11 want it");
  }
}
