package ch18;

import java.time.Duration;
import java.util.List;

/**
 * Exercise 18.1: a supervisor of processes.
 *
 * <p>The library's catalog is served by a few worker processes on one port. A bug ends one of them
 * now and then, and nobody is there at night. You write what keeps them running.
 *
 * <pre>
 *   place 0   worker ───── ends, 1 ┄100 ms┄ worker ─ ends, 1 ┄200 ms┄ worker ──────
 *   place 1   worker ─────────────────────────────────────────────────────────────
 * </pre>
 *
 * <p>There are {@code children} places. In each of them runs one child, and after its end and a
 * pause, the next one. All of them are real processes, and you start them with {@link
 * ProcessBuilder}.
 *
 * <ul>
 *   <li>A child finds the number of its place, from 0, in its environment: {@code WORKER}.
 *   <li>What it prints, on stdout or on stderr, goes to the log, line by line.
 *   <li>The first pause of a place is {@link #FIRST_PAUSE}. Each one after it is twice as long as
 *       the one before, up to {@link #LONGEST_PAUSE}. A child that ends with exit code 0 begins
 *       them anew: the pause after it is the first again.
 *   <li>A child that cannot be started counts as one with pid 0 that has ended with exit code 127.
 * </ul>
 */
public final class Supervisor implements AutoCloseable {
  public static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  public static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /** How long a child may take to end when it is asked to. */
  public static final Duration GRACE = Duration.ofMillis(500);

  /** Is told what happens, from any thread. */
  public interface Log {
    void started(long pid);

    /** A line without its end. */
    void said(long pid, String line);

    /** After its last line. */
    void ended(long pid, int exitCode);
  }

  /** Waits. In the server it is {@link Thread#sleep(Duration)}; in the checks no time passes. */
  public interface Pauses {
    void pause(Duration length) throws InterruptedException;
  }

  /**
   * Starts nothing yet.
   *
   * @param children how many places there are, from 1
   * @param command the program and its arguments, each as the program is to get it
   */
  public Supervisor(int children, List<String> command, Pauses pauses, Log log) {}

  /** Starts the children and returns. Is called once. */
  public void start() {
    // TODO: keep one child running in each place.
    throw new UnsupportedOperationException("TODO: exercise 18.1");
  }

  /**
   * Ends all of it. Each child is asked to end (SIGTERM); one that is still there after {@link
   * #GRACE} is killed. When this returns, no child runs, no pause is under way, none will be
   * started, and each end has been told to the log. May be called more than once.
   */
  @Override
  public void close() {
    // TODO: leave nobody behind.
    throw new UnsupportedOperationException("TODO: exercise 18.1");
  }
}
