package grader;

import static java.util.Comparator.comparingInt;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The folder with the exercises, and what they are. */
public final class Workbook {
  private static final String MARK = "jbang-catalog.json";

  private final Path root;
  private List<Task> tasks;

  private Workbook(Path root) {
    this.root = root;
  }

  /**
   * The workbook that this folder lies in.
   *
   * @throws IllegalArgumentException if neither it nor a folder above it is one
   */
  public static Workbook find(Path start) {
    return above(start)
        .orElseThrow(
            () -> new IllegalArgumentException("no " + MARK + " in " + start + " or above it"));
  }

  /** The same for the first of these folders that lies in a workbook. */
  static Optional<Workbook> find(List<Path> starts) {
    return starts.stream().flatMap(start -> above(start).stream()).findFirst();
  }

  private static Optional<Workbook> above(Path start) {
    for (var folder = start.toAbsolutePath().normalize();
        folder != null;
        folder = folder.getParent()) {
      if (Files.exists(folder.resolve(MARK)) && Files.isDirectory(folder.resolve("exercises"))) {
        return Optional.of(new Workbook(folder));
      }
    }
    return Optional.empty();
  }

  public Path root() {
    return root;
  }

  /** Every exercise, in the order of the chapters. */
  public synchronized List<Task> tasks() {
    if (tasks == null) tasks = readTasks();
    return tasks;
  }

  /**
   * @throws UnknownExercise if there is none with this id
   */
  public Task task(String id) {
    return tasks().stream()
        .filter(task -> task.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new UnknownExercise("no exercise " + id + "; " + known(id)));
  }

  /** The exercise after this one, in the order of the chapters. */
  Optional<Task> after(Task task) {
    var all = tasks();
    int next = all.indexOf(task) + 1;
    return next < all.size() ? Optional.of(all.get(next)) : Optional.empty();
  }

  /** The learner's file. A copy of the shipped one, where the learner has none yet. */
  public Path answer(Task task) {
    var answer = work().resolve(task.file());
    if (Files.exists(answer)) return answer;
    try {
      Files.createDirectories(answer.getParent());
      Files.copy(shipped(task), answer);
    } catch (FileAlreadyExistsException made) {
      // by another run of ours in the meantime
    } catch (IOException failed) {
      throw new CannotWork("cannot make " + shown(answer), failed);
    }
    return answer;
  }

  /**
   * Puts the learner's file aside, so that {@link #answer} begins anew.
   *
   * @return where its text is now: beside it, with a number for its extension
   */
  Path setAside(Task task) {
    var answer = work().resolve(task.file());
    for (int number = 1; ; number++) {
      var aside = answer.resolveSibling(task.fileName() + "." + number);
      try {
        return Files.move(answer, aside);
      } catch (FileAlreadyExistsException taken) {
        // by what an earlier reset has kept
      } catch (IOException failed) {
        throw new CannotWork("cannot put aside " + shown(answer), failed);
      }
    }
  }

  /** The best solution that we know. */
  Path accepted(Task task) {
    return root.resolve("solutions/accepted").resolve(task.file());
  }

  /** The title of a chapter, if it is written. */
  Optional<String> title(int chapter) {
    var chapters = root.resolve("docs/chapters");
    if (!Files.isDirectory(chapters)) return Optional.empty();
    try (var files = Files.newDirectoryStream(chapters, "%02d-*.adoc".formatted(chapter))) {
      for (var file : files) {
        var titles = Files.readAllLines(file).stream().filter(line -> line.startsWith("= "));
        return titles.findFirst().map(line -> line.substring(2));
      }
      return Optional.empty();
    } catch (IOException unreadable) {
      throw new CannotWork("cannot read " + shown(chapters), unreadable);
    }
  }

  /** Whether the learner has a file of this exercise. Unlike {@link #answer}, it makes none. */
  boolean isBegun(Task task) {
    return Files.exists(work().resolve(task.file()));
  }

  /** The file as every learner gets it. */
  public Path shipped(Task task) {
    return root.resolve("exercises/shipped").resolve(task.file());
  }

  /** The folder of the learner's files. */
  Path work() {
    return root.resolve("exercises/mine");
  }

  /** The folder of the checks. */
  Path checks() {
    return root.resolve("exercises/checks");
  }

  /** The checks of an exercise. */
  Path checks(Task task) {
    return checks().resolve(task.checks().replace('.', '/') + ".java");
  }

  /** The three hints of an exercise. */
  Path hints(Task task) {
    return root.resolve("exercises/hints").resolve(task.id() + ".adoc");
  }

  /** A file as a learner is told of it: relative to the workbook if it lies in there. */
  String shown(Path file) {
    var absolute = file.toAbsolutePath().normalize();
    var shown = absolute.startsWith(root) ? root.relativize(absolute) : absolute;
    return shown.toString().replace('\\', '/');
  }

  private List<Task> readTasks() {
    try (var files =
        Files.find(checks(), 2, (file, kind) -> file.toString().endsWith("Test.java"))) {
      return Annotations.read(files.toList()).stream()
          .sorted(comparingInt(Task::chapter).thenComparingInt(Task::number))
          .toList();
    } catch (IOException failed) {
      throw new CannotWork("cannot read the checks in " + checks(), failed);
    }
  }

  /** The exercises of the same chapter, else all; the first and the last where they are many. */
  private String known(String id) {
    var chapter = id.contains(".") ? id.substring(0, id.indexOf('.') + 1) : id + ".";
    var near = tasks().stream().map(Task::id).filter(other -> other.startsWith(chapter)).toList();
    var ids = near.isEmpty() ? tasks().stream().map(Task::id).toList() : near;
    if (ids.isEmpty()) return "there are none in " + checks();
    var shown = ids.size() > 8 ? ids.getFirst() + " to " + ids.getLast() : String.join(", ", ids);
    return near.isEmpty()
        ? "the exercises are " + shown
        : "chapter " + chapter.replace(".", "") + " has " + shown;
  }
}
