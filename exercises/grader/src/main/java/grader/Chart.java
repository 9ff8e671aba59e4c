package grader;

import grader.Progress.State;
import grader.Terminal.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The points of each chapter, as bars that fill. */
final class Chart {
  private static final int BAR = 20; // columns

  private Chart() {}

  static List<String> of(Workbook workbook, Progress progress, Terminal terminal) {
    var lines = new ArrayList<String>();
    var tasks = workbook.tasks();
    for (int chapter : tasks.stream().map(Task::chapter).distinct().toList()) {
      var own = tasks.stream().filter(task -> task.chapter() == chapter).toList();
      var title = terminal.cut(workbook.title(chapter).orElse("Chapter " + chapter), 30);
      var name = "%2d  %s%s".formatted(chapter, title, " ".repeat(30 - Columns.of(title)));
      lines.add(row(name, own, progress, terminal));
    }
    lines.add("");
    lines.add(row(" ".repeat(34), tasks, progress, terminal));
    lines.addAll(Report.next(progress.unsolved(Optional.empty()), workbook, terminal));
    return lines;
  }

  private static String row(String name, List<Task> tasks, Progress progress, Terminal terminal) {
    int all = tasks.stream().mapToInt(Task::points).sum();
    int reached = tasks.stream().mapToInt(task -> reached(task, progress)).sum();
    int filled = reached * BAR / all;
    var bar = "█".repeat(filled) + "░".repeat(BAR - filled);
    var row = "%s  %s  %s".formatted(name, terminal.writable(bar), Report.points(reached, all));
    return reached == all ? terminal.style(Style.GREEN, row) : row;
  }

  private static int reached(Task task, Progress progress) {
    return progress.state(task) == State.NOT_STARTED ? 0 : progress.points(task);
  }
}
