package grader;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a verdict of what a child JVM told. */
final class Judge {
  private final Task task;
  private final Source answer;
  private final Wording wording;

  Judge(Task task, Source answer) {
    this.task = task;
    this.answer = answer;
    this.wording = new Wording(task, answer);
  }

  static Verdict notCompiled(Task task, Path answer, List<CompileError> errors) {
    var steps =
        task.criteria().stream().map(each -> new Step(each, new Outcome.NotReached())).toList();
    return new Verdict(task, answer, errors, steps, Printed.NOTHING, Optional.empty());
  }

  Verdict verdict(Run run) {
    var outcomes = outcomes(run);
    var steps =
        task.criteria().stream()
            .map(each ->
                new Step(each, outcomes.getOrDefault(each.method(), new Outcome.NotReached())))
            .toList();
    return new Verdict(
        task, answer.path(), List.of(), steps, printed(run, steps), exchange(run, steps));
  }

  private Map<String, Outcome> outcomes(Run run) {
    var outcomes = new HashMap<String, Outcome>();
    var uncaught = new ArrayList<Event.Uncaught>();
    String current = task.criteria().getFirst().method();
    boolean ended = false;
    for (var event : run.events()) {
      switch (event) {
        case Event.Ready _, Event.Crossed _ -> {}
        case Event.Started started -> {
          current = started.method();
          uncaught.clear();
        }
        case Event.Uncaught thread -> uncaught.add(thread);
        case Event.Passed passed -> outcomes.put(passed.method(), new Outcome.Passed());
        case Event.Wrong wrong -> outcomes.put(wrong.method(), wording.wrong(wrong, uncaught));
        case Event.Threw threw ->
            outcomes.put(threw.method(), wording.threw(threw.thrown(), uncaught));
        case Event.Leaked leaked -> outcomes.put(leaked.method(), wording.leaked(leaked));
        case Event.Hung hung -> outcomes.put(hung.method(), wording.hung(hung, uncaught));
        case Event.Exit exit ->
            outcomes.put(next(outcomes, current), wording.exit(exit, run.exitCode()));
        case Event.Broke broke ->
            outcomes.put(next(outcomes, current), wording.threw(broke.thrown(), uncaught));
        case Event.Done _ -> ended = true;
      }
      ended |=
          event instanceof Event.Hung
              || event instanceof Event.Exit
              || event instanceof Event.Broke;
    }
    if (!ended) outcomes.put(next(outcomes, current), wording.gone(run));
    return outcomes;
  }

  /**
   * The check that a trouble of the whole run belongs to: the one that ran, else the first without
   * an outcome.
   */
  private String next(Map<String, Outcome> outcomes, String current) {
    if (!outcomes.containsKey(current)) return current;
    return task.criteria().stream()
        .map(Criterion::method)
        .filter(method -> !outcomes.containsKey(method))
        .findFirst()
        .orElse(current);
  }

  private static Optional<Exchange> exchange(Run run, List<Step> steps) {
    var failed = steps.stream().filter(step -> !step.passed()).findFirst();
    if (failed.isEmpty()) return Optional.empty();
    var method = failed.get().criterion().method();
    for (var event : run.events()) {
      if (event instanceof Event.Crossed(var of, var exchange) && of.equals(method)) {
        return Optional.of(exchange);
      }
    }
    return Optional.empty();
  }

  private static Printed printed(Run run, List<Step> steps) {
    int started = 0;
    for (var event : run.events()) {
      if (!(event instanceof Event.Started(String method))) continue;
      started++;
      var step =
          steps.stream().filter(each -> each.criterion().method().equals(method)).findFirst();
      if (step.isPresent() && !step.get().passed()) return run.printed(started);
    }
    return Printed.NOTHING;
  }
}
