package grader;

import java.util.concurrent.locks.LockSupport;

/** Cleans up if the program is interrupted, as by Ctrl-C, before this is closed. */
final class AtInterrupt implements AutoCloseable {
  private final Thread hook;

  AtInterrupt(Runnable cleaning) {
    hook = new Thread(cleaning, "at interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException interrupted) {
      // The program ends as soon as the hook has run. What this thread would say now is no verdict.
      while (true) LockSupport.park(this);
    }
  }
}
