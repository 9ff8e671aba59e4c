package grader;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What the child JVM tells of the checks that it runs. Written to a file, out of reach of what an
 * answer prints.
 */
sealed interface Event extends Serializable {

  /** The child has got its request. The first event. */
  record Ready() implements Event {}

  record Started(String method) implements Event {}

  record Passed(String method) implements Event {}

  /** A {@link WrongAnswer} in its parts, and what was thrown at its root, or null. */
  record Wrong(String method, String gave, String wanted, String got, String means, Thrown cause)
      implements Event {}

  /** What crossed the wire of a check that failed; told before how it failed. */
  record Crossed(String method, Exchange exchange) implements Event {}

  record Threw(String method, Thrown thrown) implements Event {}

  /** A check met its deadline. The last event. */
  record Hung(String method, long millis, Stacks stacks) implements Event {}

  /** A check would have passed, but these threads, none a daemon, go on. */
  record Leaked(String method, List<Long> threads, Stacks stacks) implements Event {}

  /** A thread that is not the check's own ended with an exception. */
  record Uncaught(String thread, Thrown thrown) implements Event {}

  /** {@link Runtime#exit} was called. The last event. */
  record Exit(Stacks stacks) implements Event {}

  /** The checks could not be run to their end. The last event. */
  record Broke(Thrown thrown) implements Event {}

  /** Every check has its event. The last event. */
  record Done() implements Event {}

  /**
   * A Throwable, as data.
   *
   * @param frames the innermost ones
   * @param cause or null
   */
  record Thrown(String type, String message, List<StackTraceElement> frames, Thrown cause)
      implements Serializable {
    private static final int FRAMES = 200;
    private static final int CAUSES = 5;

    static Thrown of(Throwable thrown) {
      return of(thrown, CAUSES);
    }

    private static Thrown of(Throwable thrown, int causes) {
      if (thrown == null || causes == 0) return null;
      var frames = List.of(thrown.getStackTrace());
      return new Thrown(
          thrown.getClass().getName(),
          thrown.getMessage(),
          List.copyOf(frames.subList(0, Math.min(FRAMES, frames.size()))),
          of(thrown.getCause(), causes - 1));
    }
  }

  /**
   * What every thread is doing.
   *
   * @param dump as the JDK writes it, virtual threads included
   * @param check the thread that runs the check; 0 if unknown
   * @param cpuMillis how long each platform thread computed within the last tenth of a second
   * @param waitsFor the thread that each one waits for, where a lock keeps them in a circle
   */
  record Stacks(String dump, long check, Map<Long, Long> cpuMillis, Map<Long, Long> waitsFor)
      implements Serializable {}
}
