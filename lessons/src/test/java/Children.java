import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Starts lessons as their readers do, each a process, and ends every one of them. */
final class Children implements AutoCloseable {
  private static final List<String> JAVA =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:TieredStopAtLevel=1",
          "-XX:CompileThresholdScaling=10", // most end before what is compiled has paid
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData",
          "-Dstdout.encoding=UTF-8",
          "-Dstderr.encoding=UTF-8");

  private static final List<String> SHARED_CLASSES = SharedClasses.options(JAVA);

  private static final List<String> SERVERS_OPTIONS =
      List.of(
          "-Xmx32m",
          "-XX:ActiveProcessorCount=2",
          "-XX:-UseDynamicNumberOfCompilerThreads",
          "-XX:SoftRefLRUPolicyMSPerMB=0");

  private final ConcurrentLinkedQueue<Child> started = new ConcurrentLinkedQueue<>();
  private final Path folder;
  private final Thread hook = Thread.ofPlatform().unstarted(this::endAll);

  Children() {
    try {
      folder = Files.createTempDirectory("lessons");
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
    Runtime.getRuntime().addShutdownHook(hook); // Ctrl-C in the middle of a test ends them too
  }

  Child run(Lesson lesson, String... args) throws IOException {
    return start(command(lesson, List.of(), args));
  }

  /**
   * A lesson that serves, on any free port, with nobody at its keyboard. With so little memory,
   * whatever a client may fill must have a limit. And threads that the virtual machine starts and
   * ends as it likes, or as many as there are processors, or objects that it keeps for as long as
   * it likes, would hide those of the lesson.
   */
  Child serve(Lesson lesson) throws IOException {
    return serve(lesson, List.of());
  }

  /** The same, in one of the ways that its usage line names; of two options the later counts. */
  Child serve(Lesson lesson, List<String> way, String... more) throws IOException {
    var options = new ArrayList<>(SERVERS_OPTIONS);
    options.addAll(List.of(more));
    var command = command(lesson, options, "0");
    command.command().addAll(way);
    return start(command).endInput();
  }

  Child start(ProcessBuilder command) throws IOException {
    return remember(Child.start(here(command)));
  }

  Child startUnread(ProcessBuilder command) throws IOException {
    return remember(Child.startUnread(here(command)));
  }

  /** In our folder, unless it has one of its own: a lesson may write files where it runs. */
  private ProcessBuilder here(ProcessBuilder command) {
    if (command.directory() == null) command.directory(folder.toFile());
    return command;
  }

  /** Where the lessons run: empty at first, and deleted with all that they leave in it. */
  Path folder() {
    return folder;
  }

  private Child remember(Child child) {
    started.add(child);
    return child;
  }

  /** A compiled lesson, as JBang runs it. */
  static ProcessBuilder command(Lesson lesson, List<String> options, String... args) {
    var named = List.of("-cp", Lesson.classes().toString(), lesson.name());
    return java(lesson.runtimeOptions(), options, named, List.of(args));
  }

  @SafeVarargs
  static ProcessBuilder java(List<String>... words) {
    var command = new ArrayList<>(JAVA);
    command.addAll(SHARED_CLASSES);
    for (var more : words) command.addAll(more);
    var builder = new ProcessBuilder(command);
    // The virtual machine announces on stderr that it has picked these up.
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    builder.environment().put("LC_ALL", "C.UTF-8"); // or a file's name would have to be ASCII
    return builder;
  }

  private void endAll() {
    started.forEach(Child::close);
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    } catch (IOException inUse) {
      throw new UncheckedIOException(inUse);
    }
  }

  @Override
  public void close() {
    endAll();
    Runtime.getRuntime().removeShutdownHook(hook);
  }
}
