// Believes: a queue is worked off when it is empty.
// Rejected by: EventLoopTest "serves its channels between tasks"
package ch15;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

public final class EventLoop {
  public static final int MOST_TASKS = 64;

  public interface Handler {
    void ready(SelectionKey key) throws IOException;
  }

  private record When(long nanos, long number) {}

  private final Selector selector;
  private final LongSupplier nanoTime;
  private final Consumer<Throwable> report;
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final TreeMap<When, Runnable> timers = // the loop's
      new TreeMap<>((a, b) -> {
        long by = a.nanos != b.nanos ? a.nanos - b.nanos : a.number - b.number;
        return Long.signum(by);
      });
  private long number;
  private volatile boolean closing;

  public EventLoop(Selector selector, LongSupplier nanoTime, Consumer<Throwable> report) {
    this.selector = selector;
    this.nanoTime = nanoTime;
    this.report = report;
  }

  public void execute(Runnable task) {
    if (closing) throw new RejectedExecutionException();
    tasks.add(task);
    selector.wakeup();
  }

  public void schedule(Runnable task, Duration delay) {
    long at = nanoTime.getAsLong() + delay.toNanos();
    execute(() -> timers.put(new When(at, number++), task));
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

  private long left() {
    return timers.firstKey().nanos - nanoTime.getAsLong();
  }

  public void turn() throws IOException {
    if (timers.isEmpty()) selector.select(this::handle);
    else if (left() <= 0) selector.selectNow(this::handle);
    else selector.select(this::handle, left() / 1_000_000 + 1);

    while (!timers.isEmpty() && left() <= 0) {
      Map.Entry<When, Runnable> first = timers.pollFirstEntry();
      run(first.getValue());
    }
    Runnable task;
    while ((task = tasks.poll()) != null) run(task);
    if (!closing) return;
    for (var key : selector.keys()) key.channel().close();
    selector.close();
  }

  private void handle(SelectionKey key) {
    try {
      ((Handler) key.attachment()).ready(key);
    } catch (Throwable failed) {
      report.accept(failed);
      run(() -> close(key));
    }
  }

  private static void close(SelectionKey key) {
    try {
      key.channel().close();
    } catch (IOException late) {
      // it is closed all the same
    }
  }

  private void run(Runnable task) {
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
    closing = true;
    selector.wakeup();
  }
}
