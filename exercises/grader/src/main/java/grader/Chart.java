package grader;

import grader.Progress.State;
import grader.Terminal.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The points of each chapter, as bars that fill. */
final class Chart {
  private static final int LEAST_BAR = 10; // columns; a title that leaves fewer is cut
  private static final int GAP = 2;

  private final Workbook workbook;
  private final Progress progress;
  private final Terminal terminal;
  private final int points;
  private final int titles;
  private final int bars;

  private Chart(Workbook workbook, Progress progress, Terminal terminal) {
    this.workbook = workbook;
    this.progress = progress;
    this.terminal = terminal;
    points = String.valueOf(all(workbook.tasks())).length();
    int counts = points + " of ".length() + points;
    int longest = chapters().stream().mapToInt(each -> Columns.of(title(each))).max().orElse(0);
    titles = Math.min(longest, terminal.columns() - counts - LEAST_BAR - 2 * GAP);
    bars = terminal.columns() - titles - counts - 2 * GAP;
  }

  static List<String> of(Workbook workbook, Progress progress, Ways ways, Terminal terminal) {
    var chart = new Chart(workbook, progress, terminal);
    var tasks = workbook.tasks();
    var lines = new ArrayList<String>();
    for (int chapter : chart.chapters()) {
      var own = tasks.stream().filter(task -> task.chapter() == chapter).toList();
      lines.add(chart.row(chart.title(chapter), own));
    }
    lines.add("");
    lines.add(chart.row("All points", tasks));
    lines.addAll(Report.next(progress.unsolved(Optional.empty()), ways, terminal));
    return lines;
  }

  private List<Integer> chapters() {
    return workbook.tasks().stream().map(Task::chapter).distinct().toList();
  }

  private String title(int chapter) {
    var title = workbook.title(chapter).orElse("Chapter " + chapter);
    return terminal.writable("%2d %s".formatted(chapter, title));
  }

  private String row(String name, List<Task> tasks) {
    int all = all(tasks);
    int reached = tasks.stream().mapToInt(this::reached).sum();
    var title = terminal.cut(name, titles);
    var gap = " ".repeat(titles - Columns.of(title) + GAP);
    var counts = ("%" + points + "d of %d").formatted(reached, all);
    return title + gap + (terminal.drawings() ? bar(reached, all) + " ".repeat(GAP) : "") + counts;
  }

  /** One point is seen already, and one that is missing still. */
  private String bar(int reached, int all) {
    int filled = Math.ceilDiv(reached * bars, all);
    if (reached < all) filled = Math.min(filled, bars - 1);
    return terminal.style(Style.GREEN, terminal.writable("█".repeat(filled)))
        + terminal.writable("·".repeat(bars - filled));
  }

  private static int all(List<Task> tasks) {
    return tasks.stream().mapToInt(Task::points).sum();
  }

  private int reached(Task task) {
    return progress.state(task) == State.NOT_STARTED ? 0 : progress.points(task);
  }
}
