package grader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The lesson of a chapter, run beside the loop, with nobody at its keyboard. */
final class Lesson implements AutoCloseable {
  private final Process process;
  private final AtInterrupt cleaning;

  private Lesson(Process process) {
    this.process = process;
    cleaning = new AtInterrupt(this::end);
  }

  static Path source(int chapter, Workbook workbook) {
    var folder = workbook.root().resolve("lessons");
    try (var files = Files.newDirectoryStream(folder, "L%02d*.java".formatted(chapter))) {
      for (var file : files) return file;
    } catch (IOException unreadable) {
      throw new CannotWork("cannot read " + workbook.shown(folder), unreadable);
    }
    throw new CannotWork("there is no lesson " + chapter);
  }

  static Lesson start(Path source) {
    var java = Jdk.home().resolve("bin/java").toString();
    var command = List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", source.toString());
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      return new Lesson(process);
    } catch (IOException failed) {
      throw new CannotWork("cannot run " + source, failed);
    }
  }

  /** What it prints comes to the screen, until it ends. */
  void show(Screen screen, Runnable ended) {
    var output = process.inputReader(screen.terminal().charset());
    var showing =
        Thread.ofPlatform()
            .daemon()
            .unstarted(() -> {
              output.lines().forEach(screen::line);
              ended.run();
            });
    showing.start();
  }

  private void end() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void close() {
    try (cleaning) {
      end();
    }
  }
}
