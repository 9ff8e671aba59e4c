package grader;

import grader.Progress.State;
import grader.Terminal.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The accepted solution of an exercise, and what the learner's own may have in common with wrong
 * ones.
 */
final class Solved {
  private final Task task;
  private final Workbook workbook;
  private final Terminal terminal;
  private final List<String> lines = new ArrayList<>();

  private Solved(Task task, Workbook workbook, Terminal terminal) {
    this.task = task;
    this.workbook = workbook;
    this.terminal = terminal;
  }

  /** For those who have solved it, or have asked before. */
  static boolean isFor(Task task, Progress progress) {
    return progress.state(task) == State.SOLVED || progress.hasAskedForTheSolution(task);
  }

  /** What the others are told, who may ask again. */
  static List<String> notYet(Task task, Ways ways, Terminal terminal) {
    var lines = new ArrayList<String>();
    var hint = task.id() + " is not solved yet. A hint may be enough: " + ways.hint(task);
    lines.addAll(terminal.wrap(hint, "", "  "));
    var again = "To see the solution all the same, ask again: " + ways.solution(task);
    lines.addAll(terminal.wrap(again, "", "  "));
    return lines;
  }

  static List<String> of(Task task, Progress progress, Workbook workbook, Terminal terminal) {
    var solved = new Solved(task, workbook, terminal);
    solved.accepted();
    progress.failed(task).ifPresent(solved::resembling);
    return solved.lines;
  }

  private void accepted() {
    var file = workbook.accepted(task);
    for (var line : terminal.wrap(workbook.shown(file), "", "  ")) {
      lines.add(terminal.style(Style.BOLD, line));
    }
    if (workbook.isBegun(task)) {
      lines.addAll(terminal.wrap("Yours: " + workbook.shown(workbook.answer(task)), "", "  "));
    }
    lines.add("");
    for (var line : read(file)) lines.add(terminal.writable(line)); // to be copied: never cut
  }

  private static List<String> read(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException missing) {
      throw new CannotWork("cannot read the solution", missing);
    }
  }

  /** What others believed whom the same check has rejected. */
  private void resembling(String check) {
    var alike =
        Rejected.of(workbook).stream()
            .filter(each -> each.exercise().equals(task.id()) && each.check().equals(check))
            .toList();
    if (alike.isEmpty()) return;
    lines.add("");
    lines.addAll(terminal.wrap("Your last answer failed at: " + check + ".", "", "  "));
    lines.addAll(terminal.wrap("So do those of people who believe:", "", "  "));
    for (var each : alike) {
      lines.addAll(terminal.wrap(each.believes(), "  - ", "    "));
      lines.addAll(terminal.wrap(workbook.shown(each.file()), "    ", "    "));
    }
  }
}
