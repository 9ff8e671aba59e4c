package wire;

import java.time.Duration;

/** What a disturbance waits at. */
public interface Gate {
  /** Whether nobody would wait here now. */
  boolean isOpen();

  /** Waits until it is open. */
  void pass(Clock clock) throws InterruptedException;

  /** Opens for each who comes after he has waited so long. */
  static Gate after(Duration wait) {
    return new Gate() {
      @Override
      public boolean isOpen() {
        return wait.isZero();
      }

      @Override
      public void pass(Clock clock) throws InterruptedException {
        clock.await(clock.nanos() + wait.toNanos());
      }
    };
  }
}
