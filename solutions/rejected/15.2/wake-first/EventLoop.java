// Believes: the loop has to be awake before it can be given something.
// Rejected by: EventLoopTest "wakes up for a task of another thread"
package ch15;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

public final class EventLoop {
  public static final int MOST_TASKS = 64;

  public interface Handler {
    void ready(SelectionKey key) throws IOException;
  }

  private record Timed(long at, long seq, Runnable task) {}

  private static final Comparator<Timed> BY_TIME =
      (a, b) -> a.at != b.at ? Long.signum(a.at - b.at) : Long.compare(a.seq, b.seq);

  private final Selector selector;
  private final LongSupplier nanoTime;
  private final Consumer<Throwable> report;
  private final LinkedBlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
  private final PriorityBlockingQueue<Timed> timers = new PriorityBlockingQueue<>(11, BY_TIME);
  private final AtomicLong seq = new AtomicLong();
  private final AtomicBoolean closed = new AtomicBoolean();

  public EventLoop(Selector selector, LongSupplier nanoTime, Consumer<Throwable> report) {
    this.selector = selector;
    this.nanoTime = nanoTime;
    this.report = report;
  }

  private void checkOpen() {
    if (closed.get()) throw new RejectedExecutionException();
  }

  public void execute(Runnable task) {
    checkOpen();
    selector.wakeup();
    inbox.add(task);
  }

  public void schedule(Runnable task, Duration delay) {
    checkOpen();
    selector.wakeup();
    timers.add(new Timed(nanoTime.getAsLong() + delay.toNanos(), seq.getAndIncrement(), task));
  }

  public void register(SelectableChannel channel, int ops, Handler handler) {
    execute(() -> {
      try {
        channel.register(selector, ops, handler);
      } catch (ClosedChannelException e) {
        report.accept(e);
      }
    });
  }

  public void turn() throws IOException {
    var first = timers.peek();
    if (!inbox.isEmpty()) selector.selectNow();
    else if (first == null) selector.select();
    else {
      long millis = (first.at - nanoTime.getAsLong() + 999_999) / 1_000_000;
      if (millis <= 0) selector.selectNow();
      else selector.select(millis);
    }
    for (var key : selector.selectedKeys()) {
      try {
        ((Handler) key.attachment()).ready(key);
      } catch (Throwable t) {
        report.accept(t);
        key.channel().close();
      }
    }
    selector.selectedKeys().clear();
    int budget = MOST_TASKS;
    long now = nanoTime.getAsLong();
    while (budget > 0 && timers.peek() != null && timers.peek().at - now <= 0) {
      attempt(timers.poll().task);
      budget--;
    }
    for (; budget > 0 && !inbox.isEmpty(); budget--) attempt(inbox.poll());
    if (closed.get() && inbox.isEmpty()) {
      for (var key : selector.keys()) key.channel().close();
      selector.close();
    }
  }

  private void attempt(Runnable task) {
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
    closed.set(true);
    selector.wakeup();
  }
}
