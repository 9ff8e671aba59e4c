// Believes: each task has woken the loop, so those that are left will wake it again.
// Rejected by: EventLoopTest "serves its channels between tasks"
package ch15;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

public final class EventLoop {
  public static final int MOST_TASKS = 64;

  public interface Handler {
    void ready(SelectionKey key) throws IOException;
  }

  private record Timer(long at, Runnable task) {}

  private final Selector selector;
  private final LongSupplier nanoTime;
  private final Consumer<Throwable> report;
  private final LinkedTransferQueue<Runnable> mail = new LinkedTransferQueue<>();
  private final List<Timer> timers = new ArrayList<>(); // the next one first
  private volatile boolean closing;

  public EventLoop(Selector selector, LongSupplier nanoTime, Consumer<Throwable> report) {
    this.selector = selector;
    this.nanoTime = nanoTime;
    this.report = report;
  }

  public void execute(Runnable task) {
    if (closing) throw new RejectedExecutionException("closing");
    mail.add(task);
    selector.wakeup();
  }

  public void schedule(Runnable task, Duration delay) {
    var timer = new Timer(nanoTime.getAsLong() + delay.toNanos(), task);
    execute(() -> {
      timers.add(timer);
      Collections.sort(timers, (a, b) -> Long.signum(a.at - b.at));
    });
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
    if (timers.isEmpty()) {
      selector.select();
    } else {
      long left = timers.get(0).at - nanoTime.getAsLong();
      if (left > 0) selector.select((left + 999_999) / 1_000_000);
      else selector.selectNow();
    }
    for (var key : List.copyOf(selector.selectedKeys())) handle(key);
    selector.selectedKeys().clear();

    var work = new ArrayList<Runnable>();
    long now = nanoTime.getAsLong();
    while (!timers.isEmpty() && work.size() < MOST_TASKS && timers.get(0).at - now <= 0)
      work.add(timers.remove(0).task);
    mail.drainTo(work, MOST_TASKS - work.size());
    for (var each : work) {
      try {
        each.run();
      } catch (Throwable t) {
        report.accept(t);
      }
    }
    if (closing && mail.isEmpty()) end();
  }

  private void handle(SelectionKey key) throws IOException {
    try {
      ((Handler) key.attachment()).ready(key);
    } catch (Throwable t) {
      report.accept(t);
      key.channel().close();
    }
  }

  private void end() throws IOException {
    for (var key : selector.keys()) key.channel().close();
    selector.close();
  }

  public void run() throws IOException {
    while (selector.isOpen()) turn();
  }

  public void close() {
    closing = true;
    selector.wakeup();
  }
}
