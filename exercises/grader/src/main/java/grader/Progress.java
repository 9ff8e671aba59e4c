package grader;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a learner has reached. Kept beside the answers, so that it goes where they go. */
final class Progress {
  private final Workbook workbook;
  private final Path file;
  private final TreeMap<String, String> entries = new TreeMap<>();

  private Progress(Workbook workbook) {
    this.workbook = workbook;
    this.file = workbook.work().resolve("progress.properties");
  }

  static Progress read(Workbook workbook) {
    var progress = new Progress(workbook);
    if (!Files.exists(progress.file)) return progress;
    var stored = new Properties();
    try {
      stored.load(new StringReader(Files.readString(progress.file)));
    } catch (IOException | IllegalArgumentException damaged) {
      return progress; // it is only a memory: the next check makes it anew
    }
    stored.stringPropertyNames().forEach(key -> progress.entries.put(key, stored.getProperty(key)));
    return progress;
  }

  /** How the learner stands with an exercise. */
  enum State {
    NOT_STARTED,
    NOT_CHECKED,
    PARTLY,
    SOLVED,
    /** The answer is another one than the last check saw. */
    CHANGED
  }

  State state(Task task) {
    if (!workbook.isBegun(task)) return State.NOT_STARTED;
    var digest = digest(workbook.work().resolve(task.file()));
    if (digest.equals(digest(workbook.shipped(task)))) return State.NOT_STARTED;
    var checked = entries.get(task.id() + ".answer");
    if (checked == null) return State.NOT_CHECKED;
    if (!checked.equals(digest)) return State.CHANGED;
    return points(task) == task.points() ? State.SOLVED : State.PARTLY;
  }

  /** Those of the last check. */
  int points(Task task) {
    return number(task.id() + ".points");
  }

  /** The first exercise that is not solved; one after this, if there is. */
  Optional<Task> unsolved(Optional<Task> after) {
    var tasks = workbook.tasks();
    int from = after.map(tasks::indexOf).orElse(-1) + 1;
    for (int i = 0; i < tasks.size(); i++) {
      var task = tasks.get((from + i) % tasks.size());
      if (state(task) != State.SOLVED && !after.equals(Optional.of(task))) return Optional.of(task);
    }
    return Optional.empty();
  }

  /** Remembers a verdict on the learner's own file. */
  void reached(Verdict verdict) {
    var id = verdict.task().id();
    entries.put(id + ".points", String.valueOf(verdict.points()));
    entries.put(id + ".answer", digest(verdict.answer()));
    verdict
        .firstFailure()
        .ifPresentOrElse(
            step -> entries.put(id + ".failed", step.name()), () -> entries.remove(id + ".failed"));
    write();
  }

  /** The first check that failed when the answer was checked last. */
  Optional<String> failed(Task task) {
    return Optional.ofNullable(entries.get(task.id() + ".failed"));
  }

  /** Whether the learner has asked for the solution before it was found. */
  boolean hasAskedForTheSolution(Task task) {
    return number(task.id() + ".solution") > 0;
  }

  void askedForTheSolution(Task task) {
    entries.put(task.id() + ".solution", "1");
    write();
  }

  int hints(Task task) {
    return number(task.id() + ".hints");
  }

  void hinted(Task task, int hints) {
    entries.put(task.id() + ".hints", String.valueOf(hints));
    write();
  }

  private int number(String key) {
    try {
      return Integer.parseInt(entries.getOrDefault(key, "0"));
    } catch (NumberFormatException damaged) {
      return 0;
    }
  }

  private void write() {
    var text =
        entries.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue().replace("\\", "\\\\") + "\n")
            .collect(Collectors.joining("", "# Written by ./jbang check and ./jbang hint.\n", ""));
    try {
      Files.createDirectories(file.getParent());
      var whole = Files.createTempFile(file.getParent(), "progress", ".new");
      Files.writeString(whole, text);
      Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw new CannotWork("cannot write " + workbook.shown(file), failed);
    }
  }

  /** The same for the same text, whatever its line ends. */
  private static String digest(Path answer) {
    String text;
    try {
      text = new String(Files.readAllBytes(answer), StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      throw new CannotWork("cannot read " + answer, unreadable);
    }
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      var bytes = text.replace("\r\n", "\n").getBytes(StandardCharsets.ISO_8859_1);
      return HexFormat.of().formatHex(sha256.digest(bytes), 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible); // every JDK has it
    }
  }
}
