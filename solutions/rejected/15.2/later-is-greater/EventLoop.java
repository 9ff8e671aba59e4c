// Believes: a nano time is a date: the later of two is the greater number.
// Rejected by: EventLoopTest "runs each timer at its time"
package ch15;

import static java.util.Comparator.comparingLong;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

public final class EventLoop {
  public static final int MOST_TASKS = 64;

  public interface Handler {
    void ready(SelectionKey key) throws IOException;
  }

  record Timer(long at, int number, Runnable task) {}

  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(comparingLong(Timer::at).thenComparing(Timer::number));
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final Selector selector;
  private final LongSupplier nanoTime;
  private final Consumer<Throwable> report;
  private int count;
  private boolean closing;

  public EventLoop(Selector selector, LongSupplier nanoTime, Consumer<Throwable> report) {
    this.selector = selector;
    this.nanoTime = nanoTime;
    this.report = report;
  }

  public void execute(Runnable task) {
    synchronized (this) {
      if (closing) throw new RejectedExecutionException();
      tasks.add(task);
    }
    selector.wakeup();
  }

  public void schedule(Runnable task, Duration delay) {
    synchronized (this) {
      if (closing) throw new RejectedExecutionException();
      timers.add(new Timer(nanoTime.getAsLong() + delay.toNanos(), count++, task));
    }
    selector.wakeup();
  }

  public void register(SelectableChannel channel, int ops, Handler handler) {
    execute(() -> {
      try {
        channel.register(selector, ops, handler);
      } catch (IOException e) {
        report.accept(e);
      }
    });
  }

  /** The next to run, or null. */
  private synchronized Runnable next(long now) {
    if (!timers.isEmpty() && timers.peek().at <= now) return timers.poll().task;
    return tasks.poll();
  }

  private synchronized long sleepMillis() {
    if (closing || !tasks.isEmpty()) return -1;
    if (timers.isEmpty()) return 0;
    long now = nanoTime.getAsLong();
    return timers.peek().at <= now ? -1 : (timers.peek().at - now + 999_999) / 1_000_000;
  }

  public void turn() throws IOException {
    long sleep = sleepMillis();
    if (sleep < 0) selector.selectNow(this::serve);
    else selector.select(this::serve, sleep);
    long now = nanoTime.getAsLong();
    for (int i = 0; i < MOST_TASKS; i++) {
      var next = next(now);
      if (next == null) {
        synchronized (this) {
          if (!closing) return;
        }
        for (var key : selector.keys()) key.channel().close();
        selector.close();
        return;
      }
      try {
        next.run();
      } catch (Throwable e) {
        report.accept(e);
      }
    }
  }

  private void serve(SelectionKey key) {
    try {
      ((Handler) key.attachment()).ready(key);
    } catch (Throwable e) {
      report.accept(e);
      try {
        key.channel().close();
      } catch (IOException alsoThat) {
        report.accept(alsoThat);
      }
    }
  }

  public void run() throws IOException {
    while (selector.isOpen()) turn();
  }

  public void close() {
    synchronized (this) {
      closing = true;
    }
    selector.wakeup();
  }
}
