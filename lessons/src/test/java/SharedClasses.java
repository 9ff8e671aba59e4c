import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Hundreds of virtual machines start here, and load the same classes of the JDK: this archive (JEP
 * 310) holds them as they are in memory, and spares each start a fourth of its processor time. It
 * is made once and is kept beside the compiled lessons. Where it does not fit, java goes without,
 * and need not say so.
 */
final class SharedClasses {
  /** What most lessons do between them: a selector, a stream, a virtual thread, a call of C. */
  private static final List<String> LESSONS = List.of("L13Selector", "L14PollAndEpoll");

  private static final Path FOLDER = Lesson.classes().resolveSibling("shared-classes");
  private static final String JDK = Runtime.version().toString();

  private SharedClasses() {}

  /** Has java use the archive. Two processes that want it at the same time make one. */
  static List<String> options(List<String> java) {
    try {
      Files.createDirectories(FOLDER);
      var archive = FOLDER.resolve(JDK + ".jsa");
      var lock = FOLDER.resolve("lock");
      try (var file = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var _ = file.lock()) {
        if (!Files.exists(archive)) make(archive, java);
      }
      if (!Files.exists(archive)) return List.of();
      return List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds*=off");
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static void make(Path archive, List<String> java)
      throws IOException, InterruptedException {
    var classes = new ArrayList<String>();
    for (var lesson : LESSONS) classes.addAll(loadedBy(lesson, java));
    var list = Files.write(FOLDER.resolve("classes"), classes.stream().distinct().toList());
    var made = FOLDER.resolve("made.jsa");
    run(java, "-Xshare:dump", "-XX:SharedClassListFile=" + list, "-XX:SharedArchiveFile=" + made);
    if (Files.exists(made)) Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
  }

  private static List<String> loadedBy(String lesson, List<String> java)
      throws IOException, InterruptedException {
    var list = FOLDER.resolve(lesson);
    var options = List.of("--enable-native-access=ALL-UNNAMED", "-XX:DumpLoadedClassList=" + list);
    var words = new ArrayList<>(options);
    words.addAll(List.of("-cp", Lesson.classes().toString(), lesson, "demo"));
    run(java, words.toArray(String[]::new));
    return Files.readAllLines(list).stream()
        .filter(line -> !line.contains(" source: ")) // of the lesson, and not of the JDK
        .map(line -> line.replaceFirst(" id: [0-9]+$", "")) // another list has the same for others
        .toList();
  }

  private static void run(List<String> java, String... words)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(java);
    command.addAll(List.of(words));
    var said = ProcessBuilder.Redirect.DISCARD;
    new ProcessBuilder(command).redirectOutput(said).redirectError(said).start().waitFor();
  }
}
