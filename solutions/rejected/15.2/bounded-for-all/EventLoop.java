// Believes: a bounded queue that makes who comes late wait is always the safe one.
// Rejected by: EventLoopTest "runs tasks on its own thread, in the order in which they came"
package ch15;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

public final class EventLoop {
  public static final int MOST_TASKS = 64;

  public interface Handler {
    void ready(SelectionKey key) throws IOException;
  }

  record Timer(long at, Runnable task) {}

  private final BlockingQueue<Runnable> tasks = new ArrayBlockingQueue<>(MOST_TASKS);
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>((a, b) -> Long.signum(a.at - b.at));
  private final Selector selector;
  private final LongSupplier nanoTime;
  private final Consumer<Throwable> report;

  public EventLoop(Selector selector, LongSupplier nanoTime, Consumer<Throwable> report) {
    this.selector = selector;
    this.nanoTime = nanoTime;
    this.report = report;
  }

  public void execute(Runnable task) {
    try {
      tasks.put(task);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    selector.wakeup();
  }

  public void schedule(Runnable task, Duration delay) {
    var timer = new Timer(nanoTime.getAsLong() + delay.toNanos(), task);
    execute(() -> timers.add(timer));
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

  public void turn() throws IOException {
    if (timers.isEmpty()) selector.select(this::handle);
    else {
      long left = timers.peek().at - nanoTime.getAsLong();
      selector.select(this::handle, Math.max(1, (left + 999_999) / 1_000_000));
    }
    while (!timers.isEmpty() && timers.peek().at - nanoTime.getAsLong() <= 0)
      attempt(timers.poll().task);
    for (int now = tasks.size(); now > 0; now--) attempt(tasks.remove());
  }

  private void handle(SelectionKey key) {
    try {
      ((Handler) key.attachment()).ready(key);
    } catch (IOException | RuntimeException e) {
      report.accept(e);
    }
  }

  private void attempt(Runnable task) {
    try {
      task.run();
    } catch (Throwable t) {
      report.accept(t);
    }
  }

  public void run() throws IOException {
    while (selector.isOpen()) turn();
  }

  public void close() {
    execute(() -> {
      try {
        selector.close();
      } catch (IOException e) {
        report.accept(e);
      }
    });
  }
}
