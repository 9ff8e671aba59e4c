package grader;

import grader.Progress.State;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The loop in which a learner stays: an exercise, a verdict on every save, the next exercise.
 *
 * <p>One thread takes one event after the other: a change of the file, a verdict, a key. Whatever
 * takes long is done by other threads, which come back with an event.
 */
final class Watch {
  private static final String HELP =
      "n next, h hint, c check, l list, p progress, r reset, s solution, x run the lesson, o open"
          + " the chapter, q quit";

  private sealed interface Event {
    /** The answer was saved, or is gone, or is there again. */
    record Changed(Task task) implements Event {}

    /** The verdict of the grading with this number, or why there is none. */
    record Graded(int number, Verdict verdict, RuntimeException failure) implements Event {}

    record Asked(String what) implements Event {}

    record LessonEnded(Lesson lesson) implements Event {}
  }

  private final Workbook workbook;
  private final Grading grading;
  private final Keys keys;
  private final Screen screen;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  private Task task;
  private WatchedFile file;
  private int number; // of the grading whose verdict is awaited
  private Thread grader;
  private Lesson lesson;
  private boolean away; // at a lesson, until the next key
  private List<String> page = List.of(); // the one to come back to

  Watch(Workbook workbook, Grading grading, Keys keys, Screen screen) {
    this.workbook = workbook;
    this.grading = grading;
    this.keys = keys;
    this.screen = screen;
  }

  /** Until the learner quits, or is gone. */
  void run() throws InterruptedException {
    Thread.ofPlatform().daemon().name("keys").start(this::readKeys);
    var first = unsolved(Optional.empty());
    if (first.isEmpty()) show(Report.next(first, Ways.KEYS, screen.terminal()));
    begin(first.orElseGet(workbook.tasks()::getFirst));
    try {
      while (handle(events.take())) {}
    } finally {
      stopGrading();
      stopLesson();
      file.close();
    }
  }

  private void readKeys() {
    try {
      keys.read(asked -> events.add(new Event.Asked(asked)));
    } catch (IOException gone) {
      events.add(new Event.Asked(Keys.QUIT)); // the terminal was closed
    }
  }

  /** False when it was the last. */
  private boolean handle(Event event) {
    switch (event) {
      case Event.Changed(var changed) -> {
        if (changed == task) check();
      }
      case Event.Graded graded -> {
        if (graded.number == number) verdict(graded);
      }
      case Event.LessonEnded(var ended) -> {
        if (ended == lesson) {
          stopLesson();
          screen.say("The lesson has ended. Press any key to go on.");
        }
      }
      case Event.Asked(var what) -> {
        return answer(what);
      }
    }
    return true;
  }

  private boolean answer(String what) {
    if (away) {
      stopLesson();
      away = false;
      show(page);
      return true;
    }
    try {
      switch (what) {
        case "q", "quit" -> {
          return false;
        }
        case "n", "next" -> next();
        case "h", "hint" -> hint();
        case "c", "check" -> check();
        case "l", "list" -> show(Overview.of(workbook, progress(), Ways.KEYS, screen.terminal()));
        case "p", "progress" -> show(Chart.of(workbook, progress(), Ways.KEYS, screen.terminal()));
        case "r", "reset" -> reset();
        case "s", "solution" -> solution();
        case "x", "run" -> runLesson();
        case "o", "open" -> open();
        default -> screen.say(HELP);
      }
    } catch (CannotWork failed) {
      screen.say(failed.getMessage());
    }
    return true;
  }

  // --- One exercise after the other

  private void begin(Task next) {
    if (file != null) file.close();
    stopGrading();
    task = next;
    file = new WatchedFile(workbook.answer(next), () -> events.add(new Event.Changed(next)));
    if (progress().state(next) == State.NOT_STARTED) {
      brief();
      prepare();
    } else {
      check();
    }
  }

  private void brief() {
    show(Brief.of(task, workbook, screen.terminal()));
  }

  private void next() {
    var next = unsolved(Optional.of(task));
    if (next.isPresent()) begin(next.get());
    else show(Report.next(next, Ways.KEYS, screen.terminal()));
  }

  private Optional<Task> unsolved(Optional<Task> after) {
    return progress().unsolved(after);
  }

  private void reset() {
    var page = new ArrayList<String>();
    if (Files.exists(workbook.answer(task))) {
      page.addAll(wrapped("Your text is now " + workbook.shown(workbook.setAside(task))));
    }
    workbook.answer(task);
    page.addAll(Brief.of(task, workbook, screen.terminal()));
    stopGrading();
    show(page);
  }

  // --- Verdicts

  /** The last save is the one that counts: what is under way is given up. */
  private void check() {
    stopGrading();
    if (!workbook.isBegun(task)) {
      var gone = workbook.shown(workbook.work().resolve(task.file())) + " is gone.";
      show(wrapped(gone + " Save it again, or press r for the shipped text."));
      return;
    }
    int mine = ++number;
    var checked = task;
    grader = Thread.ofPlatform().daemon().name("grader").start(() -> grade(checked, mine));
  }

  private void grade(Task checked, int mine) {
    try {
      var verdict = grading.grade(checked, workbook.work().resolve(checked.file()));
      events.add(new Event.Graded(mine, verdict, null));
    } catch (RuntimeException failed) {
      events.add(new Event.Graded(mine, null, failed));
    }
  }

  private void stopGrading() {
    number++; // a verdict that is still on its way is nobody's
    if (grader != null) grader.interrupt();
  }

  private void verdict(Event.Graded graded) {
    switch (graded.failure) {
      case null -> {
        var verdict = graded.verdict;
        if (verdict.compiled()) remember(verdict);
        show(
            Report.of(
                verdict, workbook, unsolved(Optional.of(task)), Ways.KEYS, screen.terminal()));
      }
      case CannotWork known -> show(wrapped(known.getMessage()));
      default -> show(wrapped("a mistake in the grader, please report it: " + graded.failure));
    }
    prepare();
  }

  /** Meanwhile the learner reads. */
  private void prepare() {
    Thread.ofPlatform().daemon().name("preparing").start(grading::prepare);
  }

  /** A memory that cannot be written spoils no verdict. */
  private void remember(Verdict verdict) {
    try {
      progress().reached(verdict);
    } catch (CannotWork failed) {
      screen.say(failed.getMessage());
    }
  }

  // --- Help

  private void hint() {
    var progress = progress();
    var hints = Hints.read(workbook.hints(task));
    int shown = Math.min(progress.hints(task) + 1, hints.size());
    progress.hinted(task, shown);
    show(Hints.shown(task, hints, shown, Ways.KEYS, screen.terminal()));
  }

  private void solution() {
    var progress = progress();
    if (Solved.isFor(task, progress)) {
      show(Solved.of(task, progress, workbook, screen.terminal()));
    } else {
      progress.askedForTheSolution(task);
      show(Solved.notYet(task, Ways.KEYS, screen.terminal()));
    }
  }

  private void runLesson() {
    var source = Lesson.source(task.chapter(), workbook);
    screen.say("Running %s. Press any key to stop it.".formatted(workbook.shown(source)));
    var started = Lesson.start(source);
    lesson = started;
    away = true;
    started.show(screen, () -> events.add(new Event.LessonEnded(started)));
  }

  private void stopLesson() {
    if (lesson != null) lesson.close();
    lesson = null;
  }

  private void open() {
    screen.say(Chapter.open(task.chapter(), workbook));
  }

  private Progress progress() {
    return Progress.read(workbook);
  }

  private List<String> wrapped(String text) {
    return screen.terminal().wrap(text, "", "  ");
  }

  private void show(List<String> next) {
    page = next;
    if (!away) screen.show(page, HELP);
  }
}
