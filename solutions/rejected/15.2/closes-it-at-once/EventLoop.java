// Believes: to close the loop is to close its selector, and the rest follows.
// Rejected by: EventLoopTest "ends when it is closed, and not before its work is done"
package ch15;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

public final class EventLoop {
  public static final int MOST_TASKS = 64;

  public interface Handler {
    void ready(SelectionKey key) throws IOException;
  }

  private record Timer(long at, int number, Runnable task) {}

  private final Selector selector;
  private final LongSupplier nanoTime;
  private final Consumer<Throwable> report;
  private final Deque<Runnable> tasks = new ConcurrentLinkedDeque<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>(EventLoop::compare);
  private int numbers;

  public EventLoop(Selector selector, LongSupplier nanoTime, Consumer<Throwable> report) {
    this.selector = selector;
    this.nanoTime = nanoTime;
    this.report = report;
  }

  private static int compare(Timer one, Timer other) {
    long difference = one.at - other.at;
    if (difference == 0) return one.number - other.number;
    return difference < 0 ? -1 : 1;
  }

  public void execute(Runnable task) {
    if (!selector.isOpen()) throw new RejectedExecutionException("closed");
    tasks.addLast(task);
    selector.wakeup();
  }

  public void schedule(Runnable task, Duration delay) {
    long at = nanoTime.getAsLong() + delay.toNanos();
    execute(() -> timers.add(new Timer(at, numbers++, task)));
  }

  public void register(SelectableChannel channel, int ops, Handler handler) {
    execute(() -> {
      try {
        channel.register(selector, ops).attach(handler);
      } catch (IOException e) {
        throw new UncheckedIOException(e); // reported, as for any task
      }
    });
  }

  public void turn() throws IOException {
    long nanos = Long.MAX_VALUE;
    if (!tasks.isEmpty()) nanos = 0;
    else if (!timers.isEmpty()) nanos = Math.max(0, timers.peek().at - nanoTime.getAsLong());
    if (nanos == 0) selector.selectNow();
    else if (nanos == Long.MAX_VALUE) selector.select();
    else selector.select(nanos / 1_000_000 + Long.signum(nanos % 1_000_000));

    var ready = selector.selectedKeys().iterator();
    while (ready.hasNext()) {
      var key = ready.next();
      ready.remove();
      try {
        ((Handler) key.attachment()).ready(key);
      } catch (Throwable lost) {
        report.accept(lost);
        key.channel().close();
      }
    }
    long now = nanoTime.getAsLong();
    while (!timers.isEmpty() && timers.peek().at - now <= 0) tasks.addLast(timers.poll().task);
    for (int n = 0; n < MOST_TASKS && !tasks.isEmpty(); n++) {
      try {
        tasks.removeFirst().run();
      } catch (UncheckedIOException e) {
        report.accept(e.getCause());
      } catch (Throwable e) {
        report.accept(e);
      }
    }
  }

  public void run() throws IOException {
    while (selector.isOpen()) turn();
  }

  public void close() {
    try {
      selector.close(); // wakes the select as well
    } catch (IOException e) {
      report.accept(e);
    }
  }
}
