package grader;

import java.nio.file.Path;
import java.time.Duration;

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
    return grade(task, answer, false);
  }

  /**
   * The same, for whoever grades many at once: what comes after the first check that fails is not
   * run, and not reached.
   */
  public Verdict gradeToTheFirstFailure(Task task, Path answer) {
    return grade(task, answer, true);
  }

  private Verdict grade(Task task, Path answer, boolean toTheFirstFailure) {
    var place = take(!toTheFirstFailure); // the child starts while the compiler works
    boolean unused = false;
    try {
      var classes = place.classes();
      var errors = Compilation.compile(workbook, task, answer, classes);
      unused = !errors.isEmpty();
      if (unused) return Judge.notCompiled(task, answer, errors);
      return new Judge(task, Source.read(answer))
          .verdict(place.child().run(classes, task.checks(), toTheFirstFailure, silence));
    } finally {
      if (!unused || !keep(place)) place.close();
    }
  }

  /** From now on there is a child that has started before it is needed, until {@link #close}. */
  void prepare() {
    synchronized (this) {
      ahead = !closed;
      if (!ahead || spare != null) return;
    }
    var next = new Workplace(temporary, true);
    if (!keep(next)) next.close();
  }

  private synchronized Workplace take(boolean warm) {
    var taken = spare;
    spare = null;
    return taken == null ? new Workplace(temporary, warm) : taken;
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
