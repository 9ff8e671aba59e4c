package ch15;

import ch15.ManualSelector.Stuck;
import grader.Given;
import grader.WrongAnswer;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** An event loop whose turns, time and other threads are in the hands of a check. */
final class DrivenLoop {
  private static final int MOST_TURNS = 3_000; // for a thousand tasks

  final ManualSelector selector;
  final EventLoop loop;
  final List<String> done = new ArrayList<>();
  final List<Throwable> reported = new ArrayList<>();
  private final Given given;
  private final Thread thread = Thread.currentThread();

  DrivenLoop(Given given) {
    this(given, 0);
  }

  /**
   * @param startNanos what the clock shows at the beginning
   */
  DrivenLoop(Given given, long startNanos) {
    this.given = given;
    selector = new ManualSelector(startNanos);
    loop = new EventLoop(selector, selector::nanoTime, reported::add);
  }

  /** A task that notes its name, and the wrong thread if it is on one. */
  Runnable task(String name) {
    return () -> note(name);
  }

  void note(String name) {
    done.add(Thread.currentThread() == thread ? name : name + " on the caller's thread");
  }

  String done() {
    return done.isEmpty() ? "nothing" : String.join(", ", done);
  }

  /** A timer that notes its name, and the time if it is early or more than a millisecond late. */
  void timer(String name, Duration delay) {
    var due = selector.elapsed().plus(delay);
    loop.schedule(
        () -> {
          var late = selector.elapsed().minus(due);
          boolean inTime = !late.isNegative() && late.compareTo(Duration.ofMillis(1)) <= 0;
          note(inTime ? name : name + " at " + millis(selector.elapsed()));
        },
        delay);
  }

  static String millis(Duration time) {
    return "%s ms"
        .formatted(
            time.toNanos() % 1_000_000 == 0
                ? "%,d".formatted(time.toMillis())
                : "%,.1f".formatted(time.toNanos() / 1e6));
  }

  /** A channel that is registered, and calls the handler when it is ready. */
  ManualChannel channel(EventLoop.Handler handler) throws IOException {
    var channel = new ManualChannel();
    loop.register(channel, SelectionKey.OP_READ, handler);
    turnUntil(
        () -> selector.keys().size() == 1,
        "a key in the selector",
        () -> "no key in the selector",
        "The channel was handed over, and has to be registered.");
    return channel;
  }

  /** Another thread does it at this time, if the loop sleeps then. */
  void at(Duration time, Runnable action) {
    selector.at(time, action);
  }

  /** Another thread does it now, and has done it when this returns. */
  void onWorker(Runnable action) {
    try {
      selector.onWorker(action);
    } catch (Stuck noted) {
      throw given.wrong(
          "the other thread's call returns",
          selector.stuck(),
          "Whoever hands something over goes on with its own work. And where a task hands over the"
              + " next, the loop itself would wait for room that nobody but the loop can make.");
    }
    rethrow();
  }

  private void rethrow() {
    switch (selector.workerThrew()) {
      case RuntimeException thrown -> throw thrown;
      case Error thrown -> throw thrown;
      case null, default -> {}
    }
  }

  /** Turns until it is so: each turn has something to do, or the answer is wrong. */
  void turnUntil(BooleanSupplier isSo, String wanted, Supplier<String> got, String means)
      throws IOException {
    for (int turns = 0; !isSo.getAsBoolean(); turns++) {
      if (turns == MOST_TURNS)
        throw given.wrong(wanted, got.get() + ", after %,d turns".formatted(turns), means);
      turn();
      if (isSo.getAsBoolean()) break;
      if (!selector.stuck().isEmpty()) throw stuck(wanted, got.get(), means);
    }
    try {
      selector.letGo();
    } catch (Stuck noted) {
      throw given.wrong(wanted, selector.stuck(), means);
    }
    rethrow();
  }

  private void turn() throws IOException {
    try {
      loop.turn();
    } catch (Stuck noted) {
      // turnUntil says what it means
    }
    rethrow();
  }

  /** Until this many tasks and timers have run. */
  void turnUntilDone(int count, String wanted, String means) throws IOException {
    turnUntil(() -> done.size() >= count, wanted, this::done, means);
    given.wants(wanted, done(), means);
  }

  /** Runs until it returns. */
  void run(String wanted, Supplier<String> got, String means) throws IOException {
    try {
      loop.run();
    } catch (Stuck noted) {
      // the selector says more
    }
    rethrow();
    if (!selector.stuck().isEmpty()) throw stuck(wanted, got.get(), means);
  }

  private WrongAnswer stuck(String wanted, String got, String means) {
    return given.wrong(
        wanted,
        got + ", and " + selector.stuck(),
        selector.stuck().equals(ManualSelector.LOCKED)
            ? "The loop sleeps for as long as nobody wakes it, and whoever wants to wake it needs"
                + " the lock first. Hold it for the queue, a moment each time, and never in select."
            : means);
  }
}
