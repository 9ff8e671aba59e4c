package grader;

import java.util.ArrayList;
import java.util.List;

/** How a check ended. */
public sealed interface Outcome {
  /** The sentences and values that explain it, one per line, before any wrapping. */
  default List<String> lines() {
    return List.of();
  }

  record Passed() implements Outcome {}

  /**
   * The answer came back with something else than the check wanted.
   *
   * @param notes what was thrown where, if exceptions are part of it
   */
  record Wrong(String gave, String wanted, String got, String means, List<String> notes)
      implements Outcome {
    @Override
    public List<String> lines() {
      var lines = new ArrayList<>(List.of("gave   " + gave, "wanted " + wanted, "got    " + got));
      lines.addAll(notes);
      lines.add(means);
      return lines;
    }
  }

  /** The answer did not come back, or came back with an exception, or left something behind. */
  record Trouble(Kind kind, List<String> lines) implements Outcome {}

  /** No verdict: what an earlier check met ended the run. */
  record NotReached() implements Outcome {}

  /** What kind of trouble. */
  enum Kind {
    /** An exception, or an assertion without the parts of a {@link WrongAnswer}. */
    THREW,
    /** Past its deadline: an endless loop, a call that blocks, a deadlock. */
    HUNG,
    /** The JVM is gone: exit, halt, or killed. */
    ENDED,
    /** A thread outlived the check. */
    LEAKED
  }
}
