package grader;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What became of an answer.
 *
 * @param errors why it does not compile; empty if it does
 * @param steps one for each check, in order
 * @param printed what the answer wrote to stdout and stderr while the first failing check ran
 * @param exchange what crossed the wire of that check, if it has one
 */
public record Verdict(
    Task task,
    Path answer,
    List<CompileError> errors,
    List<Step> steps,
    Printed printed,
    Optional<Exchange> exchange) {

  public boolean compiled() {
    return errors.isEmpty();
  }

  /** Whether all checks passed. */
  public boolean passed() {
    return compiled() && firstFailure().isEmpty();
  }

  public int points() {
    return steps.stream().mapToInt(Step::points).sum();
  }

  /** The first check that did not pass, the one to explain. */
  public Optional<Step> firstFailure() {
    return steps.stream().filter(step -> !step.passed()).findFirst();
  }
}
