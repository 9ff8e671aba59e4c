package ch15;

import static grader.Given.given;

import grader.Check;
import grader.Exercise;
import grader.Given;
import grader.WrongAnswer;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

@Exercise(
    id = "15.2",
    title = "Into the loop from another thread",
    file = "ch15/EventLoop.java",
    level = 3,
    minutes = 50)
class EventLoopTest {
  private static final int MANY = 1_000;
  private static final int FEW_SELECTS = 3; // a wakeup may be left over
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);

  @Check(
      step = 1,
      value = "wakes up for a task of another thread",
      points = 2,
      read = "chapter 15, \"Into the loop from another thread\"")
  void wakes() throws Exception {
    var given = given("a loop that sleeps; after 10 s another thread hands over a task");
    var sleeping = new DrivenLoop(given);
    sleeping.at(Duration.ofSeconds(10), () -> sleeping.loop.execute(() -> sleeping.note("task")));
    wantsTask(
        sleeping,
        "A queue wakes nobody. The loop is in select, which returns for a channel, for its timeout,"
            + " and for wakeup().");

    given = given("the same, with a loop so quick that it sleeps again before wakeup() returns");
    var quick = new DrivenLoop(given);
    quick.selector.beQuick();
    quick.at(SECOND, () -> quick.loop.execute(() -> quick.note("task")));
    wantsTask(
        quick,
        "wakeup() was called before there was something to see. The loop woke, found nothing and"
            + " slept again; then the task came. First the task, then the wakeup.");

    given = given("a task that came before the loop's first turn");
    var early = new DrivenLoop(given);
    early.onWorker(() -> early.loop.execute(() -> early.note("task")));
    wantsTask(early, "A wakeup before the select is remembered: the select returns at once.");
  }

  /** On which thread it runs, is for the next step. */
  private static void wantsTask(DrivenLoop driven, String means) throws IOException {
    driven.turnUntil(() -> !driven.done.isEmpty(), "the task runs", driven::done, means);
  }

  @Check(
      step = 2,
      value = "runs tasks on its own thread, in the order in which they came",
      points = 1,
      read = "chapter 15, \"Into the loop from another thread\"")
  void ownThread() throws Exception {
    var given = given("three tasks of another thread, before the loop's next turn");
    var driven = new DrivenLoop(given);
    driven.onWorker(() -> {
      for (var name : List.of("one", "two", "three")) driven.loop.execute(driven.task(name));
    });
    given.wants(
        "nothing",
        driven.done(),
        "A task is run by the loop, between two selects. Who hands it over may be at it while the"
            + " loop is in the middle of a queue, and a lock for the tasks does not protect the"
            + " queue.");
    driven.turnUntilDone(3, "one, two, three", "They run as they came.");

    given = given("two tasks, of which the first hands over a third");
    var again = new DrivenLoop(given);
    again.onWorker(() -> {
      again.loop.execute(() -> {
        again.loop.execute(again.task("third"));
        again.note("first");
      });
      again.loop.execute(again.task("second"));
    });
    again.turnUntilDone(
        3,
        "first, second, third",
        "A task that is handed over waits behind those that came before, whoever hands it over."
            + " Run at once, it would be in the middle of another task.");

    given = given("%,d tasks while the loop does something else".formatted(MANY));
    var many = new DrivenLoop(given);
    many.onWorker(() -> {
      for (int i = 0; i < MANY; i++) many.loop.execute(many.task("task"));
    });
  }

  @Check(
      step = 3,
      value = "sleeps as long as there is nothing to do",
      points = 1,
      read = "chapter 15, \"What people get wrong\"")
  void sleeps() throws Exception {
    var given = given("an hour in which nothing happens; then a channel is ready");
    var driven = new DrivenLoop(given);
    var channel = driven.channel(key -> heard(driven, key));
    driven.at(HOUR, () -> channel.ready(true));
    wantsFewSelects(given, driven, "A timeout that is there to look at the queue");

    given = given("a timer of one hour, and nothing else");
    var timer = new DrivenLoop(given);
    timer.loop.schedule(timer.task("timer"), HOUR);
    wantsFewSelects(given, timer, "A sleep that is shorter than what is left");
  }

  private static void heard(DrivenLoop driven, SelectionKey key) {
    ((ManualChannel) key.channel()).ready(false);
    driven.note("handler");
  }

  private static void wantsFewSelects(Given given, DrivenLoop driven, String who)
      throws IOException {
    int before = driven.selector.selects();
    var means =
        who
            + " costs a wakeup for each interval, on a server where nobody speaks, too. It delays"
            + " what it finds, and hides the wakeup that is missing.";
    driven.turnUntil(
        () -> !driven.done.isEmpty(),
        "the loop sleeps for an hour",
        () -> {
          int selects = driven.selector.selects() - before;
          return "%,d selects in %s"
              .formatted(selects, DrivenLoop.millis(driven.selector.elapsed()));
        },
        means);
    int selects = driven.selector.selects() - before;
    if (selects <= FEW_SELECTS) return;
    throw given.wrong(
        "selects in an hour: 1 or a few", "selects in an hour: %,d".formatted(selects), means);
  }

  @Check(
      step = 4,
      value = "touches keys on its own thread only",
      points = 1,
      read = "chapter 15, \"Into the loop from another thread\"")
  void keys() throws Exception {
    var given = given("a loop that sleeps; another thread registers a channel, which speaks later");
    var driven = new DrivenLoop(given);
    var channel = new ManualChannel();
    driven.at(
        SECOND,
        () -> driven.loop.register(channel, SelectionKey.OP_READ, key -> heard(driven, key)));
    driven.at(SECOND.multipliedBy(2), () -> channel.ready(true));
    driven.turnUntil(
        () -> !driven.done.isEmpty(),
        "the handler is called",
        driven::done,
        touched(driven)
            + "The channel must get into the selector while the loop is awake: a select that has"
            + " begun does not hear of it.");
    given.wants(
        "calls from the other thread: none",
        "calls from the other thread: " + orNone(driven.selector.touched()),
        "The kernel is told of a new channel, or of a new interest, when select begins: one that"
            + " has begun already sleeps on. And the loop may be walking over its keys. Make a task"
            + " of it.");
    given.wants("handler", driven.done(), "Handlers run on the loop's thread, once for each time.");
  }

  private static String touched(DrivenLoop driven) {
    return driven.selector.touched().isEmpty() ? "" : "Another thread has touched a key. ";
  }

  private static String orNone(List<String> calls) {
    return calls.isEmpty() ? "none" : String.join(", ", calls);
  }

  @Check(
      step = 5,
      value = "runs each timer at its time",
      points = 2,
      read = "chapter 15, \"Into the loop from another thread\"")
  void timers() throws Exception {
    var given = given("timers of 30, 10 and 20 ms, set at once");
    wantsInOrder(
        given,
        new DrivenLoop(given),
        "The one that is due first runs first. The loop sleeps until then, and no longer.");

    given = given("five timers of 10 ms, a to e");
    var same = new DrivenLoop(given);
    for (var name : "abcde".split("")) same.timer(name, Duration.ofMillis(10));
    same.timer("end", Duration.ofMillis(11));
    same.turnUntil(
        () -> same.done.contains("end"),
        "a, b, c, d, e",
        same::done,
        "All of them are due, and none is more important than another.");
    given.wants(
        "a, b, c, d, e, end",
        same.done(),
        "Timers of the same time run in the order in which they were set. A map from times to tasks"
            + " holds one of them; a PriorityQueue keeps no order among equals.");

    given = given("a timer of 0.3 ms, and nothing else");
    var soon = new DrivenLoop(given);
    soon.timer("timer", Duration.ofNanos(300_000));
    soon.turnUntilDone(
        1,
        "timer",
        "select counts in milliseconds, and its 0 is for ever. What is left is rounded up.");

    given = given("a timer of 10 s; after 2 s another thread sets one of 1 s");
    var sooner = new DrivenLoop(given);
    sooner.timer("later", Duration.ofSeconds(10));
    sooner.selector.beQuick();
    sooner.at(SECOND.multipliedBy(2), () -> sooner.timer("sooner", SECOND));
    sooner.turnUntilDone(
        2,
        "sooner, later",
        "When it was set, the loop slept already, for as long as it took to the other one. It has"
            + " to wake up to learn that it must rise earlier.");

    given = given("a timer of 10 ms, and a task that takes 50 ms");
    var late = new DrivenLoop(given);
    late.loop.schedule(late.task("timer"), Duration.ofMillis(10));
    late.loop.execute(() -> late.selector.pass(Duration.ofMillis(50)));
    late.turnUntilDone(
        1,
        "timer",
        "What is left until its time can be less than nothing. Then it is due; a select with a"
            + " negative timeout throws.");

    given = given("a timer of 10 ms, and a channel that is always ready");
    var busy = new DrivenLoop(given);
    busy.channel(key -> busy.selector.pass(Duration.ofMillis(1))).ready(true);
    busy.loop.schedule(busy.task("timer"), Duration.ofMillis(10));
    busy.turnUntilDone(
        1,
        "timer",
        "Here select never returns for its timeout: there is always something else. Look at the"
            + " time after every select.");

    given = given("the same three timers, on a clock that overflows 15 ms after the beginning");
    wantsInOrder(
        given,
        new DrivenLoop(given, Long.MAX_VALUE - 15_000_000),
        "nanoTime counts from anywhere: a later time may be a smaller number. Ask whether the"
            + " difference is less than 0, not which is less.");
  }

  private static void wantsInOrder(Given given, DrivenLoop driven, String means)
      throws IOException {
    for (int millis : new int[] {30, 10, 20}) {
      driven.timer(millis + " ms", Duration.ofMillis(millis));
    }
    driven.turnUntilDone(3, "10 ms, 20 ms, 30 ms", means);
  }

  @Check(
      step = 6,
      value = "serves its channels between tasks",
      points = 1,
      read = "chapter 15, \"Into the loop from another thread\"")
  void fair() throws Exception {
    var waiting = "%,d tasks that wait; during the first a channel becomes ready".formatted(MANY);
    var many = new DrivenLoop(given(waiting));
    var first = many.channel(key -> heard(many, key));
    many.onWorker(() -> {
      many.loop.execute(() -> speaks(many, first));
      for (int i = 1; i < MANY; i++) many.loop.execute(many.task("task"));
    });
    wantsHandler(given(waiting), many);
    many.turnUntil(
        () -> many.done.size() == MANY + 1,
        "tasks run: %,d".formatted(MANY),
        () -> "tasks run: %,d".formatted(many.done.size() - 1),
        "The wakeups are used up, and tasks still wait. As long as there are some the loop must not"
            + " sleep: selectNow().");

    var endless = "a task that hands itself over again; in its first run a channel becomes ready";
    var self = new DrivenLoop(given(endless));
    var second = self.channel(key -> heard(self, key));
    self.loop.execute(
        new Runnable() {
          @Override
          public void run() {
            speaks(self, second);
            if (self.done.size() < MANY) self.loop.execute(this);
          }
        });
    wantsHandler(given(endless), self);

    var always = "a timer of 0 that sets itself again; in its first run a channel becomes ready";
    var timer = new DrivenLoop(given(always));
    var third = timer.channel(key -> heard(timer, key));
    timer.loop.schedule(
        new Runnable() {
          @Override
          public void run() {
            speaks(timer, third);
            if (timer.done.size() < MANY) timer.loop.schedule(this, Duration.ZERO);
          }
        },
        Duration.ZERO);
    wantsHandler(given(always), timer);
  }

  private static void speaks(DrivenLoop driven, ManualChannel channel) {
    if (driven.done.isEmpty()) channel.ready(true);
    driven.note("task");
  }

  private static void wantsHandler(Given given, DrivenLoop driven) throws IOException {
    var wanted = "at most %d tasks, and then its handler".formatted(EventLoop.MOST_TASKS);
    driven.turnUntil(
        () -> driven.done.contains("handler"),
        wanted,
        () -> "%,d tasks".formatted(driven.done.size()),
        "The channel is ready, and its handler is not called.");
    int tasks = driven.done.indexOf("handler");
    if (tasks <= EventLoop.MOST_TASKS) return;
    throw given.wrong(
        wanted,
        "%,d tasks, and then its handler".formatted(tasks),
        "A quick thread hands over faster than the loop works, or a task hands over the next. Until"
            + " the queue is empty, which may be never, nobody is read from and nobody is accepted."
            + " So many in a turn, and then a look at the channels.");
  }

  @Check(
      step = 7,
      value = "reports what is thrown, and goes on",
      points = 1,
      read = "chapter 15, \"Into the loop from another thread\"")
  void outlives() throws Exception {
    var tasks = given("three tasks, of which the second throws an exception");
    wantsReport(tasks, new IllegalStateException("a bug"));
    var errors = given("three tasks, of which the second throws an error");
    wantsReport(errors, new StackOverflowError("a deep bug"));

    var given = given("two timers of the same time, of which the first throws");
    var timers = new DrivenLoop(given);
    timers.loop.schedule(failing(new IllegalStateException("a bug")), SECOND);
    timers.loop.schedule(timers.task("second"), SECOND);
    goesOn(given, timers, 1, "second");
    wantsReported(given, timers, "[java.lang.IllegalStateException: a bug]");

    given = given("a handler that throws an IOException, and a task");
    var handlers = new DrivenLoop(given);
    var channel =
        handlers.channel(key -> {
          throw new IOException("Connection reset");
        });
    channel.ready(true);
    handlers.loop.execute(handlers.task("task"));
    goesOn(given, handlers, 1, "task");
    given.wants(
        "the channel is closed",
        channel.isOpen() ? "the channel is open" : "the channel is closed",
        "It is still ready, and nobody deals with it: it wakes the loop again and again.");
    wantsReported(given, handlers, "[java.io.IOException: Connection reset]");

    given = given("a channel that was closed before the loop could register it, and a task");
    var gone = new DrivenLoop(given);
    var closed = new ManualChannel();
    closed.close();
    gone.onWorker(() -> {
      gone.loop.register(closed, SelectionKey.OP_READ, key -> {});
      gone.loop.execute(gone.task("task"));
    });
    goesOn(given, gone, 1, "task");
    wantsReported(given, gone, "[" + ClosedChannelException.class.getName() + "]");
  }

  private static Runnable failing(Throwable thrown) {
    return () -> {
      if (thrown instanceof Error error) throw error;
      throw (RuntimeException) thrown;
    };
  }

  private static void wantsReport(Given given, Throwable bug) throws IOException {
    var driven = new DrivenLoop(given);
    driven.onWorker(() -> {
      driven.loop.execute(driven.task("first"));
      driven.loop.execute(failing(bug));
      driven.loop.execute(driven.task("third"));
    });
    goesOn(given, driven, 2, "first, third");
    wantsReported(given, driven, List.of(bug).toString());
  }

  private static void goesOn(Given given, DrivenLoop driven, int count, String wanted)
      throws IOException {
    try {
      driven.turnUntilDone(
          count,
          wanted,
          "What follows in the queue has nothing to do with it. Catch around each of them, not"
              + " around all.");
    } catch (WrongAnswer said) {
      throw said;
    } catch (UnsupportedOperationException todo) {
      throw todo;
    } catch (IOException | RuntimeException | Error thrown) {
      throw given.wrong(
          wanted,
          driven.done() + ", and turn() throws " + thrown,
          "One bug in one task, and the loop is gone: with it all who are connected. What goes"
              + " wrong with one is caught around this one.");
    }
  }

  private static void wantsReported(Given given, DrivenLoop driven, String wanted) {
    given.wants(
        "reported: " + wanted,
        "reported: " + driven.reported,
        "Nobody waits for the result of a task: what is not reported has never happened.");
  }

  @Check(
      step = 8,
      value = "ends when it is closed, and not before its work is done",
      points = 1,
      read = "chapter 15, \"Into the loop from another thread\"")
  void closes() throws Exception {
    var given =
        given("a loop that sleeps; another thread hands over 100 tasks and closes the loop");
    var driven = new DrivenLoop(given);
    var channel = driven.channel(key -> heard(driven, key));
    driven.loop.schedule(driven.task("timer"), HOUR);
    driven.at(
        SECOND,
        () -> {
          for (int i = 0; i < 100; i++) driven.loop.execute(driven.task("task"));
          driven.loop.close();
        });
    var wanted = "100 × task, and run() returns";
    try {
      driven.run(
          wanted,
          () -> counted(driven),
          "close() has to reach a loop that sleeps, too: say it where the loop looks, then wake"
              + " it.");
    } catch (ClosedSelectorException early) {
      throw given.wrong(
          wanted,
          counted(driven) + ", and run() throws " + early,
          "The selector was closed under the loop that was using it. close() asks; the loop closes,"
              + " between two selects.");
    }
    given.wants(
        wanted,
        counted(driven) + ", and run() returns",
        "Whoever handed over a task before the end was told of no failure: it must run. A timer of"
            + " one hour is not waited for.");
    given.wants(
        "calls from the other thread: none",
        "calls from the other thread: " + orNone(driven.selector.touched()),
        "close() asks; the loop closes, between two selects.");
    given.wants(
        "the selector and the channel are closed",
        driven.selector.isOpen() || channel.isOpen()
            ? "one of them is open"
            : "the selector and the channel are closed",
        "Each open channel holds a descriptor, and there is no loop any more that could close it."
            + " To close a selector does not close the channels of its keys.");

    given = given("a task that is handed over after that");
    given.throwing(
        RejectedExecutionException.class,
        () -> driven.loop.execute(() -> {}),
        "It will never run. Who hands it over must know.");

    given = given("a loop that sleeps and is closed twice");
    var idle = new DrivenLoop(given);
    idle.selector.beQuick();
    idle.at(
        SECOND,
        () -> {
          idle.loop.close();
          idle.loop.close();
        });
    idle.run(
        "run() returns",
        () -> "run() goes on",
        "The loop was awake before it could see that it is to end, and slept again. First the flag,"
            + " then the wakeup.");
  }

  /** {@code 64 × task, 1 × handler} */
  private static String counted(DrivenLoop driven) {
    return IntStream.range(0, driven.done.size())
        .boxed()
        .collect(Collectors.groupingBy(driven.done::get, Collectors.counting()))
        .entrySet()
        .stream()
        .map(each -> each.getValue() + " × " + each.getKey())
        .collect(Collectors.joining(", "))
        .transform(text -> text.isEmpty() ? "nothing" : text);
  }
}
