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
  private static final long FOR_EVER = -1;

  private final Selector selector;
  private final LongSupplier nanoTime;
  private final Consumer<Throwable> report;

  // Guarded by lock, which is held for a moment and never while something runs or sleeps.
  private final Object lock = new Object();
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private long timersSet;
  private boolean closing;

  private final Queue<Runnable> due = new ArrayDeque<>(); // the loop's own

  public EventLoop(Selector selector, LongSupplier nanoTime, Consumer<Throwable> report) {
    this.selector = selector;
    this.nanoTime = nanoTime;
    this.report = report;
  }

  public void execute(Runnable task) {
    synchronized (lock) {
      checkOpen();
      tasks.add(task);
    }
    selector.wakeup(); // now that there is something to see
  }

  public void schedule(Runnable task, Duration delay) {
    long at = nanoTime.getAsLong() + delay.toNanos();
    synchronized (lock) { // a task would do, but then a timer waits behind all other tasks
      checkOpen();
      timers.add(new Timer(at, timersSet++, task));
    }
    selector.wakeup(); // it may be the first
  }

  private void checkOpen() {
    if (closing) throw new RejectedExecutionException("the loop is closed");
  }

  public void register(SelectableChannel channel, int ops, Handler handler) {
    execute(() -> attempt(() -> channel.register(selector, ops, handler)));
  }

  public void turn() throws IOException {
    long millis = sleepMillis();
    if (millis == 0) selector.selectNow(this::handle);
    else selector.select(this::handle, millis == FOR_EVER ? 0 : millis);

    takeDueTimers();
    for (int i = 0; i < MOST_TASKS; i++) {
      var next = next();
      if (next == null) break;
      attempt(next::run);
    }
    if (isDone()) end();
  }

  /** Rounded up: a timer must not run early, and a part of a millisecond is not 0. */
  private long sleepMillis() {
    synchronized (lock) {
      if (closing || !tasks.isEmpty() || !due.isEmpty()) return 0;
      if (timers.isEmpty()) return FOR_EVER;
      long left = timers.element().at - nanoTime.getAsLong();
      return Math.max(0, Math.ceilDiv(left, NANOS_PER_MILLI));
    }
  }

  private void handle(SelectionKey key) {
    if (attempt(() -> ((Handler) key.attachment()).ready(key))) return;
    attempt(() -> key.channel().close());
  }

  /** All at once, so that one which they set has to wait for the next turn. */
  private void takeDueTimers() {
    long now = nanoTime.getAsLong();
    synchronized (lock) {
      while (!timers.isEmpty() && timers.element().at - now <= 0) due.add(timers.remove().task);
    }
  }

  private Runnable next() {
    if (!due.isEmpty()) return due.remove();
    synchronized (lock) {
      return tasks.poll();
    }
  }

  private boolean isDone() {
    synchronized (lock) {
      return closing && tasks.isEmpty() && due.isEmpty();
    }
  }

  public void run() throws IOException {
    while (selector.isOpen()) turn();
  }

  public void close() {
    synchronized (lock) {
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
