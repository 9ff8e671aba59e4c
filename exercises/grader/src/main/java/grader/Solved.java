package grader;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparingInt;

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
  private static final int MOST_ALIKE = 3;

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
    var ours = solved.accepted();
    if (progress.state(task) == State.NOT_STARTED) return solved.lines;
    var yours = read(workbook.answer(task));
    solved.beside(yours, ours);
    progress.failed(task).ifPresent(check -> solved.resembling(check, yours));
    return solved.lines;
  }

  /** The whole of it comes first, to be copied: no line is cut. */
  private List<String> accepted() {
    var file = workbook.accepted(task);
    for (var line : terminal.wrap(workbook.shown(file), "", "  ")) {
      lines.add(terminal.style(Style.BOLD, line));
    }
    lines.add("");
    var ours = read(file);
    for (var line : ours) lines.add(terminal.writable(line));
    return ours;
  }

  private void beside(List<String> yours, List<String> ours) {
    lines.add("");
    for (var line : terminal.wrap(workbook.shown(workbook.answer(task)), "", "  ")) {
      lines.add(terminal.style(Style.BOLD, line));
    }
    lines.addAll(Comparison.of(yours, ours).shown(terminal));
  }

  private static List<String> read(Path file) {
    try {
      return new String(Files.readAllBytes(file), UTF_8).lines().toList(); // UTF-8 or not
    } catch (IOException missing) {
      throw new CannotWork("cannot read the solution", missing);
    }
  }

  /** What somebody believed whom the same check has rejected; first who wrote most alike. */
  private void resembling(String check, List<String> yours) {
    var alike =
        Rejected.of(workbook).stream()
            .filter(each -> each.exercise().equals(task.id()) && each.check().equals(check))
            .sorted(comparingInt(each -> Comparison.distance(yours, read(each.file()))))
            .limit(MOST_ALIKE)
            .toList();
    if (alike.isEmpty()) return;
    lines.add("");
    lines.addAll(terminal.wrap("Your last answer failed at: " + check + ".", "", "  "));
    lines.addAll(
        terminal.wrap(
            "Of the answers that fail there, this is most like it. It believes:", "", "  "));
    believes(alike.getFirst());
    if (alike.size() == 1) return;
    lines.addAll(terminal.wrap("Others believe:", "", "  "));
    alike.stream().skip(1).forEach(this::believes);
  }

  private void believes(Rejected rejected) {
    lines.addAll(terminal.wrap(rejected.believes(), "  - ", "    "));
    lines.addAll(terminal.wrap(workbook.shown(rejected.file()), "    ", "    "));
  }
}
