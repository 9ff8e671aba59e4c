// Believes: no two timers are due in the same nanosecond, so a map from times to tasks will do.
// Rejected by: EventLoopTest "runs each timer at its time"
package ch15;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
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
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final TreeMap<Long, Runnable> timers = new TreeMap<>((a, b) -> Long.signum(a - b));
  private volatile boolean closing;

  public EventLoop(Selector selector, LongSupplier nanoTime, Consumer<Throwable> report) {
    this.selector = selector;
    this.nanoTime = nanoTime;
    this.report = report;
  }

  public void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  public void schedule(Runnable task, Duration delay) {
    long at = nanoTime.getAsLong() + delay.toNanos();
    execute(() -> timers.put(at, task));
  }

  public void register(SelectableChannel channel, int ops, Handler handler) {
    execute(() -> {
      try {
        channel.register(selector, ops, handler);
      } catch (IOException closed) {
        report.accept(closed);
      }
    });
  }

  public void turn() throws IOException {
    selector.select(this::ready, timeout());
    var due = timers.headMap(nanoTime.getAsLong(), true);
    while (!due.isEmpty()) tasks.add(due.pollFirstEntry().getValue());
    for (int i = 0; i < MOST_TASKS && !tasks.isEmpty(); i++) {
      try {
        tasks.remove().run();
      } catch (Throwable thrown) {
        report.accept(thrown);
      }
    }
    if (!tasks.isEmpty()) selector.wakeup(); // the next select does not wait
    else if (closing) selector.close();
  }

  private long timeout() {
    if (timers.isEmpty()) return 0;
    return Math.max(1, Math.ceilDiv(timers.firstKey() - nanoTime.getAsLong(), 1_000_000L));
  }

  private void ready(SelectionKey key) {
    try {
      ((Handler) key.attachment()).ready(key);
    } catch (Throwable thrown) {
      report.accept(thrown);
      key.cancel();
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
