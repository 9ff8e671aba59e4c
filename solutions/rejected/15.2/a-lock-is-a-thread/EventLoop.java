// Believes: whoever holds the lock may do what the loop does, on any thread.
// Rejected by: EventLoopTest "runs tasks on its own thread, in the order in which they came"
package ch15;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

public final class EventLoop {
  public static final int MOST_TASKS = 64;

  public interface Handler {
    void ready(SelectionKey key) throws IOException;
  }

  private final Selector selector;
  private final LongSupplier nanoTime;
  private final Consumer<Throwable> report;
  private final ReentrantLock state = new ReentrantLock(); // held by whoever works
  private final TreeMap<Long, Runnable> timers = new TreeMap<>();
  private volatile boolean closed;

  public EventLoop(Selector selector, LongSupplier nanoTime, Consumer<Throwable> report) {
    this.selector = selector;
    this.nanoTime = nanoTime;
    this.report = report;
  }

  public void execute(Runnable task) {
    state.lock();
    try {
      task.run();
    } catch (RuntimeException | Error thrown) {
      report.accept(thrown);
    } finally {
      state.unlock();
    }
    selector.wakeup(); // the task may have changed what we are interested in
  }

  public void schedule(Runnable task, Duration delay) {
    long at = nanoTime.getAsLong() + delay.toNanos();
    execute(() -> timers.put(at, task));
  }

  public void register(SelectableChannel channel, int ops, Handler handler) {
    execute(() -> {
      try {
        channel.register(selector, ops, handler);
      } catch (IOException closedAlready) {
        report.accept(closedAlready);
      }
    });
  }

  public void turn() throws IOException {
    long wait = timers.isEmpty() ? 0 : timers.firstKey() - nanoTime.getAsLong();
    selector.select(timers.isEmpty() ? 0 : Math.max(1, wait / 1_000_000));
    state.lock();
    try {
      for (var key : selector.selectedKeys()) ((Handler) key.attachment()).ready(key);
      selector.selectedKeys().clear();
      var due = timers.headMap(nanoTime.getAsLong(), true);
      due.values().forEach(Runnable::run);
      due.clear();
    } finally {
      state.unlock();
    }
    if (closed) selector.close();
  }

  public void run() throws IOException {
    while (selector.isOpen()) turn();
  }

  public void close() {
    closed = true;
    selector.wakeup();
  }
}
