package ch07;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A timer whose time passes when a check says so. It has no thread of its own. */
final class ManualTimer extends AbstractExecutorService implements ScheduledExecutorService {
  private static final long ONCE = 0;

  private final LongSupplier now;
  private final List<Alarm<?>> alarms = new ArrayList<>();
  private boolean shutdown;
  private int asked;

  /**
   * @param now in nanoseconds
   */
  ManualTimer(LongSupplier now) {
    this.now = now;
  }

  /** How often it was asked to do something. */
  synchronized int asked() {
    return asked;
  }

  /** How many tasks wait in it, those not counted that were canceled. */
  synchronized int waiting() {
    alarms.removeIf(FutureTask::isDone);
    return alarms.size();
  }

  /** When the next task is due; the end of time if there is none. */
  synchronized long next() {
    alarms.removeIf(FutureTask::isDone);
    return alarms.stream().mapToLong(alarm -> alarm.at).min().orElse(Long.MAX_VALUE);
  }

  /** Runs what is due by now. */
  void runDue() {
    while (next() <= now.getAsLong()) take().go();
  }

  private synchronized Alarm<?> take() {
    var first = alarms.stream().min(Comparator.comparingLong(alarm -> alarm.at)).orElseThrow();
    alarms.remove(first);
    return first;
  }

  private synchronized <V> Alarm<V> add(Alarm<V> alarm) {
    asked++;
    alarms.add(alarm);
    return alarm;
  }

  private long in(long delay, TimeUnit unit) {
    return now.getAsLong() + unit.toNanos(delay);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return add(new Alarm<>(asCallable(task), in(delay, unit), ONCE));
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
    return add(new Alarm<>(task, in(delay, unit), ONCE));
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable task, long delay, long period, TimeUnit unit) {
    return add(new Alarm<>(asCallable(task), in(delay, unit), unit.toNanos(period)));
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long delay, long period, TimeUnit unit) {
    return scheduleAtFixedRate(task, delay, period, unit);
  }

  private static Callable<Void> asCallable(Runnable task) {
    return () -> {
      task.run();
      return null;
    };
  }

  @Override
  public void execute(Runnable task) {
    schedule(task, 0, TimeUnit.NANOSECONDS);
  }

  @Override
  public synchronized void shutdown() {
    shutdown = true;
  }

  @Override
  public synchronized List<Runnable> shutdownNow() {
    shutdown = true;
    var left = List.<Runnable>copyOf(alarms);
    alarms.clear();
    return left;
  }

  @Override
  public synchronized boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return isShutdown();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isShutdown();
  }

  private final class Alarm<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {
    private long at;
    private final long period;

    Alarm(Callable<V> task, long at, long period) {
      super(task);
      this.at = at;
      this.period = period;
    }

    void go() {
      if (!isPeriodic()) {
        run();
      } else if (runAndReset()) {
        at += period;
        synchronized (ManualTimer.this) {
          alarms.add(this);
        }
      }
    }

    @Override
    public boolean isPeriodic() {
      return period != ONCE;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(at - now.getAsLong(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
