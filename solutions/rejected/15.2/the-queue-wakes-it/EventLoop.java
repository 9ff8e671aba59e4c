// Believes: a concurrent queue is all that two threads need between them.
// Rejected by: EventLoopTest "wakes up for a task of another thread"
package ch15;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

public final class EventLoop {
  public static final int MOST_TASKS = 64;

  public interface Handler {
    void ready(SelectionKey key) throws IOException;
  }

  private final class Alarm implements Delayed {
    final long at;
    final Runnable task;

    Alarm(long at, Runnable task) {
      this.at = at;
      this.task = task;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(at - nanoTime.getAsLong(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.signum(at - ((Alarm) other).at);
    }
  }

  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final DelayQueue<Alarm> alarms = new DelayQueue<>();
  private final Selector selector;
  private final LongSupplier nanoTime;
  private final Consumer<Throwable> report;

  public EventLoop(Selector selector, LongSupplier nanoTime, Consumer<Throwable> report) {
    this.selector = selector;
    this.nanoTime = nanoTime;
    this.report = report;
  }

  public void execute(Runnable task) {
    tasks.offer(task); // lock-free, seen by the other thread at once
  }

  public void schedule(Runnable task, Duration delay) {
    alarms.put(new Alarm(nanoTime.getAsLong() + delay.toNanos(), task));
  }

  public void register(SelectableChannel channel, int ops, Handler handler) {
    tasks.offer(() -> {
      try {
        channel.register(selector, ops, handler);
      } catch (IOException e) {
        report.accept(e);
      }
    });
  }

  public void turn() throws IOException {
    Alarm next = alarms.peek();
    if (next == null) selector.select();
    else selector.select(Math.max(1, next.getDelay(TimeUnit.MILLISECONDS)));
    Iterator<SelectionKey> it = selector.selectedKeys().iterator();
    while (it.hasNext()) {
      SelectionKey key = it.next();
      it.remove();
      ((Handler) key.attachment()).ready(key);
    }
    for (Alarm due; (due = alarms.poll()) != null; ) safely(due.task);
    Runnable task;
    for (int i = 0; i < MOST_TASKS && (task = tasks.poll()) != null; i++) safely(task);
  }

  private void safely(Runnable task) {
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
    tasks.offer(() -> {
      try {
        selector.close();
      } catch (IOException e) {
        report.accept(e);
      }
    });
  }
}
