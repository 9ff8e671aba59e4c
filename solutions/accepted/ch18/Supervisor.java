package ch18;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Exercise 18.1: a supervisor of processes. */
public final class Supervisor implements AutoCloseable {
  public static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  public static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  public static final Duration GRACE = Duration.ofMillis(500);

  private static final int CANNOT_START = 127;

  public interface Log {
    void started(long pid);

    void said(long pid, String line);

    void ended(long pid, int exitCode);
  }

  public interface Pauses {
    void pause(Duration length) throws InterruptedException;
  }

  private final int children;
  private final List<String> command;
  private final Pauses pauses;
  private final Log log;
  private final List<Thread> places = new ArrayList<>();
  private final ConcurrentHashMap.KeySetView<ProcessHandle, Boolean> running =
      ConcurrentHashMap.newKeySet();
  private boolean closed; // guarded by this, with every start of a child

  public Supervisor(int children, List<String> command, Pauses pauses, Log log) {
    this.children = children;
    this.command = List.copyOf(command);
    this.pauses = pauses;
    this.log = log;
  }

  public void start() {
    for (int i = 0; i < children; i++) {
      int number = i;
      places.add(Thread.ofVirtual().start(() -> keep(number)));
    }
  }

  private void keep(int number) {
    var pause = FIRST_PAUSE;
    try {
      while (!isClosed()) {
        if (run(number) == 0) pause = FIRST_PAUSE;
        if (isClosed()) return;
        pauses.pause(pause);
        pause = pause.multipliedBy(2);
        if (pause.compareTo(LONGEST_PAUSE) > 0) pause = LONGEST_PAUSE;
      }
    } catch (InterruptedException closing) {
      // There is no child here to be ended.
    }
  }

  private int run(int number) {
    Process child;
    try {
      child = launch(number);
    } catch (IOException cannotStart) {
      log.said(0, cannotStart.getMessage());
      log.ended(0, CANNOT_START);
      return CANNOT_START;
    }
    if (child == null) return 0;
    try {
      child.inputReader().lines().forEach(line -> log.said(child.pid(), line));
    } catch (UncheckedIOException lost) {
      log.said(child.pid(), lost.getMessage());
    }
    int code = child.onExit().join().exitValue(); // an interrupt does not keep us from it
    running.remove(child.toHandle());
    log.ended(child.pid(), code);
    return code;
  }

  /** Null if there are to be no more. Until it is in the set of those running, nobody closes. */
  private synchronized Process launch(int number) throws IOException {
    if (closed) return null;
    var builder = new ProcessBuilder(command).redirectErrorStream(true); // one pipe, one reader
    builder.environment().put("WORKER", Integer.toString(number));
    var child = builder.start();
    running.add(child.toHandle());
    log.started(child.pid());
    return child;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    places.forEach(Thread::interrupt); // from a pause; who waits for a child waits on
    running.forEach(ProcessHandle::destroy); // of the handle: the streams stay open to be read
    long deadline = System.nanoTime() + GRACE.toNanos();
    for (var child : running) {
      long left = Math.max(0, deadline - System.nanoTime());
      child.onExit().completeOnTimeout(child, left, TimeUnit.NANOSECONDS).join();
      child.destroyForcibly();
    }
    for (var place : places) joined(place);
  }

  private static void joined(Thread place) {
    boolean interrupted = false;
    while (true) {
      try {
        place.join();
        break;
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }
}
