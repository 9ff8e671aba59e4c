package wire;

import java.util.concurrent.locks.LockSupport;

/** The time that a tap records and throttles by. A test gives it a {@link ManualClock}. */
public interface Clock {
  /** The time that passes by itself. */
  Clock REAL =
      new Clock() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void await(long nanos) throws InterruptedException {
          for (long left; (left = nanos - nanos()) > 0; ) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) throw new InterruptedException();
          }
        }
      };

  /** Nanoseconds since some moment; they never go back. */
  long nanos();

  /** Waits until {@link #nanos} has come to this. */
  void await(long nanos) throws InterruptedException;
}
