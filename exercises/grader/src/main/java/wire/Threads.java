package wire;

/** How the tap's threads end. */
final class Threads {
  private Threads() {}

  /** Interrupts it and waits until it has ended. */
  static void end(Thread thread) {
    thread.interrupt();
    join(thread);
  }

  /** Waits until it has ended, through interrupts; one that never began has. */
  static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }
}
