package grader;

import grader.Progress.State;
import grader.Terminal.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The points of each chapter, as bars that fill. */
final class Chart {
  private static final int POINTS = 20; // columns, for "160 of 320 points" and what parts it

  private final Workbook workbook;
  private final Progress progress;
  private final Terminal terminal;
  private final int titles;
  private final int bars;

  private Chart(Workbook workbook, Progress progress, Terminal terminal) {
    this.workbook = workbook;
    this.progress = progress;
    this.terminal = terminal;
    this.titles = (terminal.columns() - POINTS) / 2;
    this.bars = terminal.columns() - POINTS - titles;
  }

  static List<String> of(Workbook workbook, Progress progress, Ways ways, Terminal terminal) {
    var chart = new Chart(workbook, progress, terminal);
    var tasks = workbook.tasks();
    var lines = new ArrayList<String>();
    for (int chapter : tasks.stream().map(Task::chapter).distinct().toList()) {
      var own = tasks.stream().filter(task -> task.chapter() == chapter).toList();
      var title = workbook.title(chapter).orElse("Chapter " + chapter);
      lines.add(chart.row("%2d %s".formatted(chapter, title), own));
    }
    lines.add("");
    lines.add(chart.row("All", tasks));
    lines.addAll(Report.next(progress.unsolved(Optional.empty()), ways, terminal));
    return lines;
  }

  private String row(String name, List<Task> tasks) {
    int all = tasks.stream().mapToInt(Task::points).sum();
    int reached = tasks.stream().mapToInt(this::reached).sum();
    int filled = reached * bars / all;
    var title = terminal.cut(name, titles - 1);
    var bar = terminal.writable("█".repeat(filled) + "░".repeat(bars - filled));
    var gap = " ".repeat(titles - Columns.of(title));
    var row = title + gap + bar + "  " + Report.points(reached, all);
    return reached == all ? terminal.style(Style.GREEN, row) : row;
  }

  private int reached(Task task) {
    return progress.state(task) == State.NOT_STARTED ? 0 : progress.points(task);
  }
}
