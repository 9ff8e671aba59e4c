package grader;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Compiles answers, runs their checks in a JVM of their own, and says what became of them. Safe for
 * many threads.
 */
public final class Grading implements AutoCloseable {
  private final Workbook workbook;
  private final Path temporary;
  private final Duration silence;

  private boolean ahead;
  private boolean closed;
  private Workplace spare;

  public Grading(Workbook workbook) {
    this(workbook, Path.of(System.getProperty("java.io.tmpdir")), Duration.ofSeconds(30));
  }

  /**
   * @param temporary where its files go while it works
   * @param silence how long the child may go without finishing a check; the last resort, above the
   *     deadlines of checks
   */
  Grading(Workbook workbook, Path temporary, Duration silence) {
    this.workbook = workbook;
    this.temporary = temporary;
    this.silence = silence;
  }

  /**
   * An interrupt ends it early.
   *
   * @param answer any file that declares the task's class; it need not be the learner's own
   * @throws CannotWork if something is wrong that is not the answer, or it is interrupted
   */
  public Verdict grade(Task task, Path answer) {
    var place = take(); // the child starts while the compiler works
    boolean unused = false;
    try {
      var classes = place.classes();
      var errors = Compilation.compile(workbook, task, answer, classes);
      unused = !errors.isEmpty();
      if (unused) return Judge.notCompiled(task, answer, errors);
      var run = place.child().run(List.of(classes), task.checks(), false, silence).getFirst();
      return new Judge(task, Source.read(answer)).verdict(run);
    } finally {
      if (!unused || !keep(place)) place.close();
    }
  }

  /**
   * The same for many answers that are expected to fail. What comes after the first check that
   * fails is not run, and not reached. As long as they leave nothing behind they share a child.
   *
   * @return one for each, in their order
   */
  public List<Verdict> gradeToTheFirstFailure(Task task, List<Path> answers) {
    var verdicts = new HashMap<Path, Verdict>();
    try (var place = new Workplace(temporary)) {
      var left = new LinkedHashMap<Path, Path>(); // answers by the folders of their classes
      for (var answer : answers) {
        var classes = place.classes();
        var errors = Compilation.compile(workbook, task, answer, classes);
        if (errors.isEmpty()) left.put(classes, answer);
        else verdicts.put(answer, Judge.notCompiled(task, answer, errors));
      }
      while (!left.isEmpty()) {
        var classes = List.copyOf(left.keySet());
        for (var run : place.start(false).run(classes, task.checks(), true, silence)) {
          var answer = left.pollFirstEntry().getValue();
          verdicts.put(answer, new Judge(task, Source.read(answer)).verdict(run));
        }
      }
    }
    return answers.stream().map(verdicts::get).toList();
  }

  /** From now on there is a child that has started before it is needed, until {@link #close}. */
  void prepare() {
    synchronized (this) {
      ahead = !closed;
      if (!ahead || spare != null) return;
    }
    var next = started();
    if (!keep(next)) next.close();
  }

  private synchronized Workplace take() {
    var taken = spare;
    spare = null;
    return taken == null ? started() : taken;
  }

  private Workplace started() {
    var place = new Workplace(temporary);
    try {
      place.start(true);
      return place;
    } catch (CannotWork failed) {
      place.close();
      throw failed;
    }
  }

  private synchronized boolean keep(Workplace place) {
    if (!ahead || spare != null) return false;
    spare = place;
    return true;
  }

  @Override
  public void close() {
    Workplace unused;
    synchronized (this) {
      ahead = false;
      closed = true;
      unused = spare;
      spare = null;
    }
    if (unused != null) unused.close();
  }
}
