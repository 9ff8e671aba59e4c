package grader;

import grader.Progress.State;
import grader.Terminal.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All exercises, and how far a learner is. */
final class Overview {
  private static final String ROW = "%-5s%-28s%5s%9s%8s  %s";

  private Overview() {}

  static List<String> of(Workbook workbook, Progress progress, Terminal terminal) {
    var lines = new ArrayList<String>();
    lines.add(
        terminal.style(
            Style.BOLD, ROW.formatted("", "exercise", "level", "minutes", "points", "state")));
    int reached = 0;
    int points = 0;
    int solved = 0;
    for (var task : workbook.tasks()) {
      var state = progress.state(task);
      if (state != State.NOT_STARTED) reached += progress.points(task);
      if (state == State.SOLVED) solved++;
      points += task.points();
      lines.add(row(task, state, progress, terminal));
    }
    lines.add("");
    lines.add(
        "%s, %d of %d exercises solved"
            .formatted(Report.points(reached, points), solved, workbook.tasks().size()));
    lines.addAll(Report.next(progress.unsolved(Optional.empty()), workbook, terminal));
    return lines;
  }

  private static String row(Task task, State state, Progress progress, Terminal terminal) {
    var score = "%d of %d".formatted(progress.points(task), task.points());
    var words =
        switch (state) {
          case NOT_STARTED -> "not started";
          case NOT_CHECKED -> "not checked";
          case PARTLY -> score;
          case SOLVED -> "solved";
          case CHANGED -> "changed since " + score;
        };
    var title = terminal.cut(task.title(), 26);
    var padded = title + " ".repeat(28 - Columns.of(title));
    var row = ROW.formatted(task.id(), padded, task.level(), task.minutes(), task.points(), words);
    return state == State.SOLVED ? terminal.style(Style.GREEN, row) : row;
  }
}
