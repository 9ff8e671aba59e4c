// Believes: a short timeout does what wakeup() does, and for the timers, too.
// Rejected by: EventLoopTest "sleeps as long as there is nothing to do"
package ch15;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

public final class EventLoop {
  public static final int MOST_TASKS = 64;
  private static final int TICK_MILLIS = 100;

  public interface Handler {
    void ready(SelectionKey key) throws IOException;
  }

  private final Selector selector;
  private final LongSupplier nanoTime;
  private final Consumer<Throwable> report;
  private final ConcurrentLinkedDeque<Runnable> tasks = new ConcurrentLinkedDeque<>();
  private final ConcurrentSkipListMap<Long, Runnable> timers = new ConcurrentSkipListMap<>();
  private volatile boolean running = true;

  public EventLoop(Selector selector, LongSupplier nanoTime, Consumer<Throwable> report) {
    this.selector = selector;
    this.nanoTime = nanoTime;
    this.report = report;
  }

  public void execute(Runnable task) {
    tasks.addLast(task);
  }

  public void schedule(Runnable task, Duration delay) {
    long at = nanoTime.getAsLong() + delay.toNanos();
    while (timers.putIfAbsent(at, task) != null) at++; // a nanosecond does not matter
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
    selector.select(this::serve, TICK_MILLIS);
    while (!timers.isEmpty() && timers.firstKey() <= nanoTime.getAsLong())
      guarded(timers.pollFirstEntry().getValue());
    for (int i = 0; i < MOST_TASKS; i++) {
      var task = tasks.pollFirst();
      if (task != null) guarded(task);
    }
    if (!running) selector.close();
  }

  private void serve(SelectionKey key) {
    guarded(() -> {
      try {
        ((Handler) key.attachment()).ready(key);
      } catch (IOException e) {
        report.accept(e);
      }
    });
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (Throwable thrown) {
      report.accept(thrown);
    }
  }

  public void run() throws IOException {
    while (selector.isOpen()) turn();
  }

  public void close() {
    running = false;
  }
}
