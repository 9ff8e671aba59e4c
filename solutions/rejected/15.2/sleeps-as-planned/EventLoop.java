// Believes: a timer needs no wakeup, as select has a timeout and returns by itself.
// Rejected by: EventLoopTest "runs each timer at its time"
package ch15;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

public final class EventLoop {
  public static final int MOST_TASKS = 64;

  public interface Handler {
    void ready(SelectionKey key) throws IOException;
  }

  private static final AtomicLong NUMBERS = new AtomicLong();

  private record Timer(long nanos, long number, Runnable task) implements Comparable<Timer> {
    @Override
    public int compareTo(Timer that) {
      long byTime = nanos - that.nanos;
      return Long.signum(byTime != 0 ? byTime : number - that.number);
    }
  }

  private final Selector selector;
  private final LongSupplier nanoTime;
  private final Consumer<Throwable> report;
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final PriorityBlockingQueue<Timer> timers = new PriorityBlockingQueue<>();
  private volatile boolean stop;

  public EventLoop(Selector selector, LongSupplier nanoTime, Consumer<Throwable> report) {
    this.selector = selector;
    this.nanoTime = nanoTime;
    this.report = report;
  }

  public void execute(Runnable task) {
    if (stop) throw new RejectedExecutionException("stopped");
    tasks.add(task);
    selector.wakeup();
  }

  public void schedule(Runnable task, Duration delay) {
    if (stop) throw new RejectedExecutionException("stopped");
    long at = nanoTime.getAsLong() + delay.toNanos();
    timers.add(new Timer(at, NUMBERS.incrementAndGet(), task));
  }

  public void register(SelectableChannel channel, int ops, Handler handler) {
    execute(() -> {
      try {
        channel.register(selector, ops, handler);
      } catch (Exception e) {
        report.accept(e);
      }
    });
  }

  private Optional<Long> left() {
    if (!tasks.isEmpty()) return Optional.of(0L);
    return Optional.ofNullable(timers.peek()).map(timer -> timer.nanos - nanoTime.getAsLong());
  }

  public void turn() throws IOException {
    var left = left();
    if (left.isEmpty()) selector.select();
    else if (left.get() <= 0) selector.selectNow();
    else selector.select(left.get() / 1_000_000 + 1);
    for (var key : selector.selectedKeys()) {
      try {
        ((Handler) key.attachment()).ready(key);
      } catch (Exception e) {
        report.accept(e);
        key.channel().close();
      }
    }
    selector.selectedKeys().clear();
    long now = nanoTime.getAsLong();
    for (int i = 0; i < MOST_TASKS; i++) {
      var timer = timers.peek();
      if (timer != null && timer.nanos - now <= 0) safely(timers.poll().task);
    }
    for (int i = 0; i < MOST_TASKS && !tasks.isEmpty(); i++) safely(tasks.poll());
    if (stop && tasks.isEmpty()) selector.close();
  }

  private void safely(Runnable task) {
    try {
      task.run();
    } catch (Exception e) {
      report.accept(e);
    }
  }

  public void run() throws IOException {
    while (selector.isOpen()) turn();
  }

  public void close() {
    stop = true;
    selector.wakeup();
  }
}
