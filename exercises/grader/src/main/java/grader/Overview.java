package grader;

import grader.Progress.State;
import grader.Terminal.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All exercises, and how far a learner is. */
final class Overview {
  private static final String ROW = "%-5s%-28s%5s%9s%8s  %s";
  private static final int ROW_COLUMNS = 80; // with the longest state

  private Overview() {}

  static List<String> of(Workbook workbook, Progress progress, Ways ways, Terminal terminal) {
    var lines = new ArrayList<String>();
    boolean wide = terminal.columns() >= ROW_COLUMNS;
    var head = ROW.formatted("", "exercise", "level", "minutes", "points", "state");
    if (wide) lines.add(terminal.style(Style.BOLD, head));
    int reached = 0;
    int points = 0;
    int solved = 0;
    for (var task : workbook.tasks()) {
      var state = progress.state(task);
      if (state != State.NOT_STARTED) reached += progress.points(task);
      if (state == State.SOLVED) solved++;
      points += task.points();
      if (wide) lines.add(row(task, state, progress, terminal));
      else lines.addAll(terminal.sides(name(task), words(task, state, progress, terminal)));
    }
    lines.add("");
    lines.add(
        "%s, %d of %d exercises solved"
            .formatted(Report.points(reached, points), solved, workbook.tasks().size()));
    lines.addAll(Report.next(progress.unsolved(Optional.empty()), ways, terminal));
    return lines;
  }

  private static String row(Task task, State state, Progress progress, Terminal terminal) {
    var words = words(task, state, progress, terminal);
    var title = terminal.cut(task.title(), 26);
    var padded = title + " ".repeat(28 - Columns.of(title));
    return ROW.formatted(task.id(), padded, task.level(), task.minutes(), task.points(), words);
  }

  private static String name(Task task) {
    return task.id() + " " + task.title();
  }

  private static String words(Task task, State state, Progress progress, Terminal terminal) {
    var mark = terminal.drawings() ? terminal.writable(" ✓") : "";
    var score = "%d of %d".formatted(progress.points(task), task.points());
    return switch (state) {
      case NOT_STARTED -> "not started";
      case NOT_CHECKED -> "not checked";
      case PARTLY -> score;
      case SOLVED -> "solved" + mark;
      case CHANGED -> "changed since " + score;
    };
  }
}
