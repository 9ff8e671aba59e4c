// Believes: one try around the tasks of a turn is enough for the loop to survive.
// Rejected by: EventLoopTest "reports what is thrown, and goes on"
package ch15;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.PriorityQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

public final class EventLoop {
  public static final int MOST_TASKS = 64;

  public interface Handler {
    void ready(SelectionKey key) throws IOException;
  }

  private static class Timer implements Comparable<Timer> {
    private static long created;

    private final long number = ++created;
    private final long at;
    private final Runnable task;

    Timer(long at, Runnable task) {
      this.at = at;
      this.task = task;
    }

    @Override
    public int compareTo(Timer other) {
      if (at == other.at) return Long.compare(number, other.number);
      return at - other.at < 0 ? -1 : 1;
    }
  }

  private final Selector selector;
  private final LongSupplier nanoTime;
  private final Consumer<Throwable> report;
  private final LinkedBlockingQueue<Runnable> incoming = new LinkedBlockingQueue<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private volatile boolean closing;

  public EventLoop(Selector selector, LongSupplier nanoTime, Consumer<Throwable> report) {
    this.selector = selector;
    this.nanoTime = nanoTime;
    this.report = report;
  }

  public void execute(Runnable task) {
    if (closing) throw new RejectedExecutionException("closed");
    incoming.add(task);
    selector.wakeup();
  }

  public void schedule(Runnable task, Duration delay) {
    long at = nanoTime.getAsLong() + delay.toNanos();
    execute(() -> timers.add(new Timer(at, task)));
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
    waitForWork();
    try {
      for (var key : selector.selectedKeys()) ((Handler) key.attachment()).ready(key);
      selector.selectedKeys().clear();
      var batch = new ArrayList<Runnable>();
      long now = nanoTime.getAsLong();
      while (batch.size() < MOST_TASKS && !timers.isEmpty() && timers.peek().at - now <= 0)
        batch.add(timers.poll().task);
      incoming.drainTo(batch, MOST_TASKS - batch.size());
      batch.forEach(Runnable::run);
    } catch (Throwable anything) {
      report.accept(anything);
    }
    if (closing && incoming.isEmpty()) {
      for (var key : selector.keys()) key.channel().close();
      selector.close();
    }
  }

  private void waitForWork() throws IOException {
    if (!incoming.isEmpty()) {
      selector.selectNow();
    } else if (timers.isEmpty()) {
      selector.select();
    } else {
      long nanos = timers.peek().at - nanoTime.getAsLong();
      if (nanos <= 0) selector.selectNow();
      else selector.select(Math.ceilDiv(nanos, 1_000_000L));
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
