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
      place.child().ask(classes, task.checks(), false);
      var run = place.child().runs(silence).getFirst();
      return new Judge(task, Source.read(answer)).verdict(run);
    } finally {
      if (!unused || !keep(place)) place.close();
    }
  }

  /**
   * One of many files to grade.
   *
   * @param toTheFirstFailure whether to leave out what comes after the first check that fails: it
   *     is not run, and not reached
   */
  public record Answer(Task task, Path file, boolean toTheFirstFailure) {}

  /**
   * The same for many answers. As long as they leave nothing behind they share a child, which
   * checks one while the next is compiled.
   *
   * @return one for each, in their order
   */
  public List<Verdict> gradeMany(List<Answer> answers) {
    var verdicts = new HashMap<Answer, Verdict>();
    try (var place = new Workplace(temporary)) {
      var left = new LinkedHashMap<Path, Answer>(); // by the folders of their classes
      var child = place.start(false);
      for (var answer : answers) {
        var classes = place.classes();
        var errors = Compilation.compile(workbook, answer.task, answer.file, classes);
        if (!errors.isEmpty()) {
          verdicts.put(answer, Judge.notCompiled(answer.task, answer.file, errors));
          continue;
        }
        left.put(classes, answer);
        ask(child, classes, answer);
      }
      while (!left.isEmpty()) {
        for (var run : child.runs(silence)) {
          var answer = left.pollFirstEntry().getValue();
          verdicts.put(answer, new Judge(answer.task, Source.read(answer.file)).verdict(run));
        }
        if (left.isEmpty()) break;
        var next = place.start(false);
        left.forEach((classes, answer) -> ask(next, classes, answer));
        child = next;
      }
    }
    return answers.stream().map(verdicts::get).toList();
  }

  private static void ask(Child child, Path classes, Answer answer) {
    child.ask(classes, answer.task.checks(), answer.toTheFirstFailure);
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
