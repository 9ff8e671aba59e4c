package wire;

import java.time.Duration;

/** Time that stands still until it is told to pass. */
public final class ManualClock implements Clock {
  private long nanos;
  private int waiting;

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public synchronized void await(long until) throws InterruptedException {
    waiting++;
    notifyAll();
    try {
      while (nanos < until) wait();
    } finally {
      waiting--;
    }
  }

  public synchronized void advance(Duration by) {
    if (by.isNegative()) throw new IllegalArgumentException("time does not go back");
    nanos += by.toNanos();
    notifyAll();
  }

  /** Returns when so many threads wait for time to pass: only then is it worth advancing. */
  public synchronized void awaitWaiting(int threads) throws InterruptedException {
    while (waiting < threads) wait();
  }
}
