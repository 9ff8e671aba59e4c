package book;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The lines that two texts share, and the rest. */
final class Diff {
  private static final int CONTEXT = 2;

  /** A line of the old text, of the new one, or of both. */
  private record Row(String before, String after) {
    boolean same() {
      return before != null && after != null;
    }
  }

  private Diff() {}

  /**
   * The new lines; where one is the same as an old one but for what {@code key} hides, the old one.
   */
  static List<String> keep(List<String> before, List<String> after, Function<String, String> key) {
    return rows(before, after, key).stream()
        .filter(row -> row.after != null)
        .map(row -> row.same() ? row.before : row.after)
        .toList();
  }

  /**
   * What to take away and what to add, each change with the lines around it. Empty if nothing
   * differs.
   */
  static String unified(List<String> before, List<String> after) {
    var rows = rows(before, after, Function.identity());
    var text = new StringBuilder();
    int line = 1;
    boolean shown = true;
    for (int i = 0; i < rows.size(); i++) {
      var row = rows.get(i);
      boolean show = nearChange(rows, i);
      if (show && !shown || show && i == 0) text.append("@@ line ").append(line).append(" @@\n");
      if (show) {
        text.append(row.same() ? ' ' : row.after == null ? '-' : '+')
            .append(row.before != null ? row.before : row.after)
            .append('\n');
      }
      shown = show;
      if (row.before != null) line++;
    }
    return text.toString();
  }

  private static boolean nearChange(List<Row> rows, int i) {
    int from = Math.max(0, i - CONTEXT);
    int to = Math.min(rows.size(), i + CONTEXT + 1);
    return rows.subList(from, to).stream().anyMatch(row -> !row.same());
  }

  /** The longest common subsequence, found backwards, and around it what has no partner. */
  private static List<Row> rows(
      List<String> before, List<String> after, Function<String, String> key) {
    var old = before.stream().map(key).toList();
    var now = after.stream().map(key).toList();
    var common = new int[old.size() + 1][now.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = now.size() - 1; j >= 0; j--) {
        common[i][j] =
            old.get(i).equals(now.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    var rows = new ArrayList<Row>();
    int i = 0;
    int j = 0;
    while (i < old.size() || j < now.size()) {
      if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
        rows.add(new Row(before.get(i++), after.get(j++)));
      } else if (j == now.size() || i < old.size() && common[i + 1][j] >= common[i][j + 1]) {
        rows.add(new Row(before.get(i++), null));
      } else {
        rows.add(new Row(null, after.get(j++)));
      }
    }
    return rows;
  }
}
