// Believes: a class is safe for threads when all of its methods are synchronized.
// Rejected by: EventLoopTest "wakes up for a task of another thread"
package ch15;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

public final class EventLoop {
  public static final int MOST_TASKS = 64;

  public interface Handler {
    void ready(SelectionKey key) throws IOException;
  }

  private static class Timer {
    long due;
    Runnable what;
  }

  private final Selector selector;
  private final LongSupplier nanoTime;
  private final Consumer<Throwable> report;
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final List<Timer> timers = new ArrayList<>();
  private boolean closed;

  public EventLoop(Selector selector, LongSupplier nanoTime, Consumer<Throwable> report) {
    this.selector = selector;
    this.nanoTime = nanoTime;
    this.report = report;
  }

  public synchronized void execute(Runnable task) {
    tasks.addLast(task);
    selector.wakeup();
  }

  public synchronized void schedule(Runnable task, Duration delay) {
    var timer = new Timer();
    timer.due = nanoTime.getAsLong() + delay.toNanos();
    timer.what = task;
    timers.add(timer);
    selector.wakeup();
  }

  public synchronized void register(SelectableChannel channel, int ops, Handler handler) {
    execute(() -> {
      try {
        channel.register(selector, ops, handler);
      } catch (IOException e) {
        report.accept(e);
      }
    });
  }

  public synchronized void turn() throws IOException {
    long soonest = Long.MAX_VALUE;
    for (var timer : timers) soonest = Math.min(soonest, timer.due - nanoTime.getAsLong());
    if (!tasks.isEmpty() || soonest <= 0) selector.selectNow();
    else selector.select(timers.isEmpty() ? 0 : soonest / 1_000_000 + 1);
    for (var key : selector.selectedKeys()) ((Handler) key.attachment()).ready(key);
    selector.selectedKeys().clear();
    var due = timers.stream().filter(timer -> timer.due - nanoTime.getAsLong() <= 0).toList();
    timers.removeAll(due);
    due.forEach(timer -> tasks.add(timer.what));
    for (int i = 0; i < MOST_TASKS && !tasks.isEmpty(); i++) {
      try {
        tasks.removeFirst().run();
      } catch (RuntimeException | Error e) {
        report.accept(e);
      }
    }
    if (closed && tasks.isEmpty()) selector.close();
  }

  public void run() throws IOException {
    while (selector.isOpen()) turn();
  }

  public synchronized void close() {
    closed = true;
    selector.wakeup();
  }
}
