package ch16;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * Writes Ada as Countess Ada. While it is asked for the first guest, another thread does something:
 * so two are in the middle of {@code sign} at once, on any machine.
 */
final class SlowDirectory implements UnaryOperator<String> {
  private final AtomicInteger questions = new AtomicInteger();
  private Thread other;

  /** To be said before the first question. */
  void meanwhile(Runnable task) {
    other = Thread.ofPlatform().daemon().name("guest 2").unstarted(task);
  }

  @Override
  public String apply(String guest) {
    if (questions.incrementAndGet() == 1 && other.getState() == Thread.State.NEW) {
      other.start();
      awaitWaitsOrEnds();
    }
    return "Countess " + guest;
  }

  /** It comes through, or it waits for the one who asks: both is an event, and no time. */
  private void awaitWaitsOrEnds() {
    while (other.isAlive()
        && other.getState() != Thread.State.BLOCKED
        && other.getState() != Thread.State.WAITING) {
      Thread.yield();
    }
  }

  /** Returns when the other thread has done it: afterwards, if nobody has asked. */
  void awaitOther() throws InterruptedException {
    if (questions.get() == 0) other.start();
    other.join();
  }

  int questions() {
    return questions.get();
  }
}
