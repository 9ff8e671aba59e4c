// Believes: a selector is safe for threads, so a channel is registered where it was opened.
// Rejected by: EventLoopTest "touches keys on its own thread only"
package ch15;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.LinkedList;
import java.util.List;
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
  private final List<Runnable> tasks = new LinkedList<>();
  private final List<Long> times = new LinkedList<>();
  private final List<Runnable> timers = new LinkedList<>();
  private boolean closed;

  public EventLoop(Selector selector, LongSupplier nanoTime, Consumer<Throwable> report) {
    this.selector = selector;
    this.nanoTime = nanoTime;
    this.report = report;
  }

  public void execute(Runnable task) {
    synchronized (tasks) {
      tasks.add(task);
    }
    selector.wakeup();
  }

  public void schedule(Runnable task, Duration delay) {
    long at = nanoTime.getAsLong() + delay.toNanos();
    synchronized (tasks) {
      int place = 0;
      while (place < times.size() && times.get(place) - at <= 0) place++;
      times.add(place, at);
      timers.add(place, task);
    }
    selector.wakeup();
  }

  public void register(SelectableChannel channel, int ops, Handler handler) {
    try {
      channel.register(selector, ops, handler);
      selector.wakeup(); // so that the next select has it
    } catch (IOException e) {
      report.accept(e);
    }
  }

  public void turn() throws IOException {
    long left;
    boolean forEver;
    synchronized (tasks) {
      left = !tasks.isEmpty() ? 0 : times.isEmpty() ? 1 : times.get(0) - nanoTime.getAsLong();
      forEver = tasks.isEmpty() && times.isEmpty();
    }
    if (forEver) selector.select();
    else if (left <= 0) selector.selectNow();
    else selector.select((left - 1) / 1_000_000 + 1);
    for (SelectionKey key : selector.selectedKeys()) {
      try {
        ((Handler) key.attachment()).ready(key);
      } catch (Throwable e) {
        report.accept(e);
        key.channel().close();
      }
    }
    selector.selectedKeys().clear();
    List<Runnable> now = new LinkedList<>();
    synchronized (tasks) {
      while (!times.isEmpty() && times.get(0) - nanoTime.getAsLong() <= 0) {
        times.remove(0);
        tasks.add(timers.remove(0));
      }
      while (now.size() < MOST_TASKS && !tasks.isEmpty()) now.add(tasks.remove(0));
    }
    for (Runnable task : now) {
      try {
        task.run();
      } catch (Throwable e) {
        report.accept(e);
      }
    }
    synchronized (tasks) {
      if (!closed || !tasks.isEmpty()) return;
    }
    for (SelectionKey key : selector.keys()) key.channel().close();
    selector.close();
  }

  public void run() throws IOException {
    while (selector.isOpen()) turn();
  }

  public void close() {
    synchronized (tasks) {
      closed = true;
    }
    selector.wakeup();
  }
}
