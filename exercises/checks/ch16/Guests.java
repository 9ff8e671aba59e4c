package ch16;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Two threads, until they have done their work at the same moment often enough. Threads that only
 * begin together may each be done before the other has its turn, and then nothing is shown.
 */
final class Guests {
  interface Turn {
    void take() throws Throwable;
  }

  private static final int MEETINGS = 1_000;
  private static final int MOST_TURNS = 1_000_000;
  private static final Duration MOST_TIME = Duration.ofSeconds(1); // where there is one processor

  private final AtomicInteger turns = new AtomicInteger();
  private final AtomicInteger meetings = new AtomicInteger();
  private final AtomicInteger[] progress = {new AtomicInteger(), new AtomicInteger()};
  private final AtomicReference<Throwable> thrown = new AtomicReference<>();
  private final long end = System.nanoTime() + MOST_TIME.toNanos();

  private Guests() {}

  /**
   * Returns when both have ended, or throws what one of them has thrown.
   *
   * @return how many turns were taken
   */
  static int meet(Turn first, Turn second) throws Throwable {
    var guests = new Guests();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 2; i++) {
      int number = i;
      var turn = i == 0 ? first : second;
      var named = Thread.ofPlatform().daemon().name("guest " + (i + 1));
      threads.add(named.start(() -> guests.takeTurns(turn, number)));
    }
    for (var thread : threads) thread.join();
    if (guests.thrown.get() != null) throw guests.thrown.get();
    return guests.turns.get();
  }

  private void takeTurns(Turn turn, int number) {
    var mine = progress[number];
    var other = progress[1 - number];
    try {
      while (true) {
        if (isEnough()) return;
        turns.incrementAndGet();
        int before = other.get();
        turn.take();
        mine.incrementAndGet();
        if (other.get() != before) meetings.incrementAndGet();
      }
    } catch (Throwable failed) {
      thrown.compareAndSet(null, failed);
    }
  }

  private boolean isEnough() {
    return meetings.get() >= MEETINGS
        || turns.get() >= MOST_TURNS
        || System.nanoTime() - end > 0
        || thrown.get() != null;
  }
}
