// Believes: select(0) looks and comes back, so a part of a millisecond can be left out.
// Rejected by: EventLoopTest "runs each timer at its time"
package ch15;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

public final class EventLoop {
  public static final int MOST_TASKS = 64;

  public interface Handler {
    void ready(SelectionKey key) throws IOException;
  }

  private static final class Timer {
    final long at;
    final Runnable task;

    Timer(long at, Runnable task) {
      this.at = at;
      this.task = task;
    }

    long leftAt(long now) {
      return at - now;
    }
  }

  private final Object lock = new Object();
  private final Selector selector;
  private final LongSupplier nanoTime;
  private final Consumer<Throwable> report;
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final ArrayList<Timer> timers = new ArrayList<>(); // sorted; sort() is stable
  private boolean closed;

  public EventLoop(Selector selector, LongSupplier nanoTime, Consumer<Throwable> report) {
    this.selector = selector;
    this.nanoTime = nanoTime;
    this.report = report;
  }

  public void execute(Runnable task) {
    synchronized (lock) {
      tasks.add(task);
      selector.wakeup();
    }
  }

  public void schedule(Runnable task, Duration delay) {
    long now = nanoTime.getAsLong();
    synchronized (lock) {
      timers.add(new Timer(now + delay.toNanos(), task));
      timers.sort((a, b) -> Long.signum(a.leftAt(now) - b.leftAt(now)));
      selector.wakeup();
    }
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
    long timeout = timeoutMillis();
    if (timeout < 0) selector.selectNow();
    else selector.select(timeout);
    for (var key : selector.selectedKeys()) {
      try {
        ((Handler) key.attachment()).ready(key);
      } catch (Throwable e) {
        report.accept(e);
      }
    }
    selector.selectedKeys().clear();
    var due = new ArrayList<Runnable>();
    synchronized (lock) {
      long now = nanoTime.getAsLong();
      while (!timers.isEmpty() && timers.getFirst().leftAt(now) <= 0)
        due.add(timers.removeFirst().task);
      while (!tasks.isEmpty() && due.size() < MOST_TASKS) due.add(tasks.remove());
    }
    for (var each : due) {
      try {
        each.run();
      } catch (Throwable e) {
        report.accept(e);
      }
    }
    synchronized (lock) {
      if (closed) selector.close();
    }
  }

  private long timeoutMillis() {
    synchronized (lock) {
      if (!tasks.isEmpty()) return -1;
      if (timers.isEmpty()) return 0;
      long left = timers.getFirst().leftAt(nanoTime.getAsLong());
      return TimeUnit.NANOSECONDS.toMillis(left);
    }
  }

  public void run() throws IOException {
    while (selector.isOpen()) turn();
  }

  public void close() {
    synchronized (lock) {
      closed = true;
      selector.wakeup();
    }
  }
}
