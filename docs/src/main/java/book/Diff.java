package book;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.myers.MyersDiff;
import com.github.difflib.patch.DeltaType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The lines that two texts share, and the rest. */
final class Diff {
  private static final int CONTEXT = 2;
  private static final int FILE_NAMES = 2; // lines

  private Diff() {}

  /**
   * The new lines; where one is the same as an old one but for what {@code key} hides, the old one.
   */
  static List<String> keep(List<String> before, List<String> after, Function<String, String> key) {
    var alike = new MyersDiff<String>((old, now) -> key.apply(old).equals(key.apply(now)));
    var kept = new ArrayList<String>();
    for (var part : DiffUtils.diff(before, after, alike, null, true).getDeltas()) {
      boolean same = part.getType() == DeltaType.EQUAL;
      kept.addAll((same ? part.getSource() : part.getTarget()).getLines());
    }
    return kept;
  }

  /**
   * What to take away and what to add, each change with the lines around it. Empty if nothing
   * differs.
   */
  static String unified(List<String> before, List<String> after) {
    var changes = DiffUtils.diff(before, after);
    var lines = UnifiedDiffUtils.generateUnifiedDiff("", "", before, changes, CONTEXT);
    if (lines.isEmpty()) return "";
    return String.join("\n", lines.subList(FILE_NAMES, lines.size())) + "\n";
  }
}
