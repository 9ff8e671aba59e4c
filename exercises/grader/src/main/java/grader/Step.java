package grader;

/** One check of an exercise and how an answer fared. */
public record Step(Criterion criterion, Outcome outcome) {
  /** The behaviour that the check wants. */
  public String name() {
    return criterion.name();
  }

  public boolean passed() {
    return outcome instanceof Outcome.Passed;
  }

  public int points() {
    return passed() ? criterion.points() : 0;
  }

  /** Why it failed, as a learner reads it, before any wrapping; empty if it passed. */
  public String explanation() {
    return String.join("\n", outcome.lines());
  }
}
