// Believes: a PriorityQueue is a queue, so of equals the first one in is the first one out.
// Rejected by: EventLoopTest "runs each timer at its time"
package ch15;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

public final class EventLoop {
  public static final int MOST_TASKS = 64;

  public interface Handler {
    void ready(SelectionKey key) throws IOException;
  }

  private record Timer(long due, Runnable task) implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
      return Long.signum(due - other.due);
    }
  }

  private final Selector selector;
  private final LongSupplier nanoTime;
  private final Consumer<Throwable> report;
  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private volatile boolean closing;

  public EventLoop(Selector selector, LongSupplier nanoTime, Consumer<Throwable> report) {
    this.selector = selector;
    this.nanoTime = nanoTime;
    this.report = report;
  }

  public void execute(Runnable task) {
    if (closing) throw new RejectedExecutionException("closing");
    tasks.add(task);
    selector.wakeup();
  }

  public void schedule(Runnable task, Duration delay) {
    var timer = new Timer(nanoTime.getAsLong() + delay.toNanos(), task);
    execute(() -> timers.add(timer));
  }

  public void register(SelectableChannel channel, int ops, Handler handler) {
    execute(() -> safely(() -> channel.register(selector, ops, handler)));
  }

  public void turn() throws IOException {
    long millis = -1;
    if (!timers.isEmpty()) {
      long nanos = Math.max(0, timers.peek().due - nanoTime.getAsLong());
      millis = nanos / 1_000_000 + (nanos % 1_000_000 > 0 ? 1 : 0);
    }
    if (!tasks.isEmpty() || millis == 0) selector.selectNow();
    else if (millis < 0) selector.select();
    else selector.select(millis);

    for (var keys = selector.selectedKeys().iterator(); keys.hasNext(); keys.remove()) {
      var key = keys.next();
      if (!safely(() -> ((Handler) key.attachment()).ready(key))) key.channel().close();
    }
    int left = MOST_TASKS;
    long now = nanoTime.getAsLong();
    for (; left > 0 && !timers.isEmpty() && timers.peek().due - now <= 0; left--) {
      var timer = timers.poll();
      safely(timer.task::run);
    }
    for (; left > 0 && !tasks.isEmpty(); left--) {
      var task = tasks.poll();
      safely(task::run);
    }
    if (closing && tasks.isEmpty()) {
      for (var key : selector.keys()) key.channel().close();
      selector.close();
    }
  }

  private interface Step {
    void run() throws Exception;
  }

  private boolean safely(Step step) {
    try {
      step.run();
      return true;
    } catch (Throwable thrown) {
      report.accept(thrown);
      return false;
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
