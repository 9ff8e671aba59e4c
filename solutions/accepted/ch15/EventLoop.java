package ch15;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Exercise 15.2: into the loop from another thread. */
public final class EventLoop {
  public static final int MOST_TASKS = 64;

  /** What deals with a channel that is ready. */
  public interface Handler {
    void ready(SelectionKey key) throws IOException;
  }

  /** The difference decides: a nano time may overflow. Of two timers the older goes first. */
  private record Timer(long at, long number, Runnable task) implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
      return at == other.at ? Long.signum(number - other.number) : Long.signum(at - other.at);
    }
  }

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Selector selector;
  private final LongSupplier nanoTime;
  private final Consumer<Throwable> report;

  private final Queue<Runnable> tasks = new ArrayDeque<>(); // guarded by itself, as is closing
  private boolean closing;

  private final PriorityQueue<Timer> timers = new PriorityQueue<>(); // the loop's own
  private long timersSet;

  public EventLoop(Selector selector, LongSupplier nanoTime, Consumer<Throwable> report) {
    this.selector = selector;
    this.nanoTime = nanoTime;
    this.report = report;
  }

  public void execute(Runnable task) {
    synchronized (tasks) {
      if (closing) throw new RejectedExecutionException("the loop is closed");
      tasks.add(task);
    }
    selector.wakeup(); // now that there is something to see
  }

  public void schedule(Runnable task, Duration delay) {
    long at = nanoTime.getAsLong() + delay.toNanos();
    execute(() -> timers.add(new Timer(at, timersSet++, task)));
  }

  public void register(SelectableChannel channel, int ops, Handler handler) {
    execute(() -> attempt(() -> channel.register(selector, ops, handler)));
  }

  public void turn() throws IOException {
    select();
    moveDueTimers();
    for (int i = 0; i < MOST_TASKS; i++) {
      var task = nextTask();
      if (task == null) break;
      attempt(task::run);
    }
    if (isDone()) end();
  }

  private void select() throws IOException {
    if (!isIdle()) selector.selectNow(this::handle);
    else if (timers.isEmpty()) selector.select(this::handle);
    else {
      long left = timers.element().at - nanoTime.getAsLong();
      if (left <= 0) selector.selectNow(this::handle);
      else selector.select(this::handle, Math.ceilDiv(left, NANOS_PER_MILLI)); // 0 is for ever
    }
  }

  private void handle(SelectionKey key) {
    if (attempt(() -> ((Handler) key.attachment()).ready(key))) return;
    attempt(() -> key.channel().close());
  }

  /** Behind the tasks that wait, so that one limit does for both. */
  private void moveDueTimers() {
    long now = nanoTime.getAsLong();
    while (!timers.isEmpty() && timers.element().at - now <= 0) {
      var due = timers.remove();
      synchronized (tasks) {
        tasks.add(due.task);
      }
    }
  }

  private Runnable nextTask() {
    synchronized (tasks) {
      return tasks.poll();
    }
  }

  private boolean isIdle() {
    synchronized (tasks) {
      return tasks.isEmpty() && !closing;
    }
  }

  private boolean isDone() {
    synchronized (tasks) {
      return tasks.isEmpty() && closing;
    }
  }

  public void run() throws IOException {
    while (selector.isOpen()) turn();
  }

  public void close() {
    synchronized (tasks) {
      closing = true;
    }
    selector.wakeup();
  }

  private void end() throws IOException {
    for (var key : selector.keys()) attempt(() -> key.channel().close());
    selector.close();
  }

  private interface Attempt {
    void run() throws Exception;
  }

  /** Whether it went well. */
  private boolean attempt(Attempt attempt) {
    try {
      attempt.run();
      return true;
    } catch (Throwable thrown) {
      report.accept(thrown);
      return false;
    }
  }
}
