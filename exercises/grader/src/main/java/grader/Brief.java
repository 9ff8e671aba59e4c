package grader;

import grader.Terminal.Style;
import java.util.ArrayList;
import java.util.List;

/** What an exercise wants, before anything is written. */
final class Brief {
  private Brief() {}

  static List<String> of(Task task, Workbook workbook, Terminal terminal) {
    var lines = new ArrayList<String>();
    var effort = "level %d, %d minutes".formatted(task.level(), task.minutes());
    for (var line : terminal.sides(task.id() + " " + task.title(), effort)) {
      lines.add(terminal.style(Style.BOLD, line));
    }
    var title = workbook.title(task.chapter()).map(", "::concat).orElse("");
    lines.addAll(terminal.wrap("Chapter " + task.chapter() + title, "", "  "));
    lines.addAll(terminal.wrap(workbook.shown(workbook.answer(task)), "", "  "));
    lines.add("");
    for (var step : task.criteria()) {
      lines.addAll(terminal.sides("– " + step.name(), Report.points(step.points())));
    }
    return lines;
  }
}
