package ch17;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;

/** Makes virtual threads, and knows which of them still run. */
final class Recorder implements ThreadFactory {
  private final List<Thread> made = new CopyOnWriteArrayList<>();

  @Override
  public Thread newThread(Runnable task) {
    var thread = Thread.ofVirtual().name("room-" + (made.size() + 1)).unstarted(task);
    made.add(thread);
    return thread;
  }

  int made() {
    return made.size();
  }

  long running() {
    return made.stream().filter(Thread::isAlive).count();
  }
}
