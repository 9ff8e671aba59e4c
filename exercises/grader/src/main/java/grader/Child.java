package grader;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A JVM that runs checks, seen from the one that grades. Whatever the answer does in there, {@link
 * #close} ends it.
 */
final class Child implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final ObjectInputFilter ONLY_OURS =
      ObjectInputFilter.Config.createFilter("grader.*;java.base/*;!*");
  private static final Duration START = Duration.ofMinutes(1); // of a JVM on a machine under load
  private static final Duration LAST_OUTPUT = Duration.ofSeconds(2);

  private static final List<String> JVM =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-XX:-OmitStackTraceInFastThrow",
          "-Xmx256m",
          "-Xss1m",
          // Code that leaves the charset to the machine passes on most machines; not here.
          "-Dfile.encoding=ISO-8859-1",
          "-Dstdout.encoding=UTF-8",
          "-Dstderr.encoding=UTF-8",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow"); // AssertJ, in soft assertions

  private final Process process;
  private final Writer stdin;
  private final List<Request> asked = new ArrayList<>();
  private final String mark = UUID.randomUUID().toString();
  private final Output output;
  private final Thread reader;

  private Child(Process process) {
    this.process = process;
    this.stdin = process.outputWriter(StandardCharsets.UTF_8);
    this.output = new Output(process.getInputStream(), mark);
    this.reader = Thread.ofPlatform().daemon().name("output of checks").start(output);
  }

  /**
   * @param folder where it runs: files that an answer writes land there
   * @param warm see {@link Worker}
   */
  static Child start(Path folder, boolean warm) {
    var java = Jdk.home().resolve("bin/java");
    var command = new ArrayList<>(List.of(java.toString()));
    command.addAll(JVM);
    command.addAll(WarmStart.options(JVM));
    command.add(Worker.class.getName());
    if (!warm) command.add(Worker.COLD);
    try {
      var process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      return new Child(process);
    } catch (IOException failed) {
      throw new CannotWork("cannot start " + java, failed);
    }
  }

  /**
   * Asks it to run the checks of one answer, after those that it was asked for before. One that
   * leaves threads behind, or does worse, is its last.
   *
   * @param classes the folder of the classes of the answer and of the checks
   * @param toTheFirstFailure whether to leave out what comes after it
   */
  void ask(Path classes, String checks, boolean toTheFirstFailure) {
    var request = new Request(mark, classes, checks, toTheFirstFailure);
    asked.add(request);
    try {
      stdin.write(request.line() + "\n");
      stdin.flush();
    } catch (IOException gone) {
      // It ended before it got the request: there will be no events.
    }
  }

  /**
   * Asks for no more, and waits for the end.
   *
   * @param silence how long nothing may happen; far more than any check's own deadline
   * @return one for each answer that was begun
   */
  List<Run> runs(Duration silence) {
    try {
      stdin.close();
    } catch (IOException gone) {
      // as above
    }
    boolean silent = isSilent(silence);
    close();
    var runs = new ArrayList<Run>();
    int checked = 0;
    for (var request : asked) {
      var told = readEvents(request.events());
      if (told.isEmpty()) break;
      runs.add(new Run(told, process.exitValue(), silent, output, checked));
      checked += (int) told.stream().filter(Event.Started.class::isInstance).count();
    }
    if (runs.isEmpty())
      throw new CannotWork("the JVM for the checks did not start: " + lastWords());
    return runs;
  }

  private String lastWords() {
    var printed = output.part(0).start().lines().findFirst();
    return printed.orElse("it ended with code " + process.exitValue());
  }

  /** Waits for its end. Every event makes its file longer. */
  private boolean isSilent(Duration silence) {
    long size = 0;
    long heard = System.nanoTime();
    try {
      while (!process.waitFor(POLL)) {
        long now = 0;
        for (var request : asked) now += request.events().toFile().length();
        if (now != size) heard = System.nanoTime();
        size = now;
        var patience = size == 0 ? START : silence;
        if (System.nanoTime() - heard > patience.toNanos()) return true;
      }
      return false;
    } catch (InterruptedException stop) {
      throw new CannotWork("stopped while the checks ran", stop);
    }
  }

  private static List<Event> readEvents(Path events) {
    var read = new ArrayList<Event>();
    try (var in = new ObjectInputStream(new BufferedInputStream(Files.newInputStream(events)))) {
      in.setObjectInputFilter(ONLY_OURS);
      while (true) read.add((Event) in.readObject());
    } catch (IOException | ClassNotFoundException end) {
      return read; // of the file, or of what was written before the child was killed
    }
  }

  /** Ends the child, and what it has started. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor();
      reader.join(LAST_OUTPUT); // a process that the answer has left behind may hold the pipe
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
