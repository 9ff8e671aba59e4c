package grader;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.PreInterruptCallback;
import org.junit.jupiter.api.extension.PreInterruptContext;

/** Notes what all threads do when a check meets its deadline, before the interrupt changes it. */
final class AtTimeout implements PreInterruptCallback {
  private static volatile Event.Stacks stacks;

  @Override
  public void beforeThreadInterrupt(PreInterruptContext timeout, ExtensionContext check) {
    if (Worker.isRunning()) stacks = Threads.look(timeout.getThreadToInterrupt().threadId());
  }

  /** What was noted; null if no check met its deadline. */
  static Event.Stacks stacks() {
    return stacks;
  }
}
