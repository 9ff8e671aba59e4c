package book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A lesson's file and the regions that its tags mark.
 *
 * @param lines the whole file; line numbers begin at 1
 * @param tags for each tag the numbers of the lines between its marks
 * @param marks the lines that hold a mark themselves
 */
record LessonText(
    String name,
    List<String> lines,
    SequencedMap<String, TreeSet<Integer>> tags,
    TreeSet<Integer> marks) {
  private static final Pattern MARK = Pattern.compile("\\s*// (tag|end)::([\\w-]+)\\[]\\s*");

  static LessonText read(Path file, String name) throws IOException {
    return parse(name, Files.readAllLines(file));
  }

  static LessonText parse(String name, List<String> lines) {
    var tags = new LinkedHashMap<String, TreeSet<Integer>>();
    var marks = new TreeSet<Integer>();
    var open = new ArrayList<String>();
    for (int number = 1; number <= lines.size(); number++) {
      var mark = MARK.matcher(lines.get(number - 1));
      if (!mark.matches()) {
        for (var tag : open) tags.get(tag).add(number);
        continue;
      }
      marks.add(number);
      var tag = mark.group(2);
      if (mark.group(1).equals("tag")) {
        if (open.contains(tag)) throw new BookError(name + ":" + number + ": opened twice: " + tag);
        open.add(tag);
        tags.putIfAbsent(tag, new TreeSet<>());
      } else if (!open.remove(tag)) {
        throw new BookError(name + ":" + number + ": closed but not open: " + tag);
      }
    }
    if (!open.isEmpty()) throw new BookError(name + ": never closed: tag " + open.getFirst());
    return new LessonText(name, lines, tags, marks);
  }

  /**
   * The numbers of the lines that an include of these tags shows; of all lines if it names none.
   */
  TreeSet<Integer> select(Collection<String> wanted) {
    var selected = new TreeSet<Integer>();
    if (wanted.isEmpty()) {
      for (int number = 1; number <= lines.size(); number++) selected.add(number);
      selected.removeAll(marks);
    }
    for (var tag : wanted) {
      if (!tags.containsKey(tag)) {
        throw new BookError(
            name + " has no tag " + tag + ", only " + String.join(", ", tags.keySet()));
      }
      selected.addAll(tags.get(tag));
    }
    return selected;
  }

  String line(int number) {
    return lines.get(number - 1);
  }

  /**
   * Whether the line is part of the head: comments and blank lines before the first line of code.
   */
  boolean inHead(int number) {
    for (int earlier = 1; earlier <= number; earlier++) {
      if (!line(earlier).isBlank() && !line(earlier).startsWith("//")) return false;
    }
    return true;
  }
}
