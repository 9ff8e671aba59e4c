package grader;

import grader.Terminal.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The hints of an exercise, and how a terminal shows them. */
final class Hints {
  private static final Pattern HEADING = Pattern.compile("(?m)^== +(.+)$");
  private static final Pattern LINK =
      Pattern.compile("(?:<<|xref:)[^,\\[>]+[,\\[]([^>\\]]+)(?:>>|\\])");
  private static final Pattern MARKS =
      Pattern.compile("`\\+?|\\+?`|(?<!\\w)[*_](?=\\w)|(?<=\\w)[*_](?!\\w)");

  private Hints() {}

  /**
   * @param text in AsciiDoc
   */
  record Hint(String title, String text) {}

  static List<Hint> read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException missing) {
      throw new CannotWork("cannot read the hints", missing);
    }
    var hints = new ArrayList<Hint>();
    var heading = HEADING.matcher(text);
    var found = heading.results().toList();
    for (int i = 0; i < found.size(); i++) {
      int end = i + 1 < found.size() ? found.get(i + 1).start() : text.length();
      hints.add(
          new Hint(found.get(i).group(1).strip(), text.substring(found.get(i).end(), end).strip()));
    }
    return hints;
  }

  /** The first so many of them. */
  static List<String> shown(Task task, List<Hint> hints, int count, Ways ways, Terminal terminal) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      var hint = hints.get(i);
      var title =
          "%s %s, hint %d of %d: %s"
              .formatted(task.id(), task.title(), i + 1, hints.size(), hint.title());
      for (var line : terminal.wrap(title, "", "  ")) lines.add(terminal.style(Style.BOLD, line));
      lines.addAll(lines(hint, terminal));
      lines.add("");
    }
    int left = hints.size() - count;
    lines.add(left == 0 ? "That is all of them." : "%d more: %s".formatted(left, ways.hint(task)));
    return lines;
  }

  /** Paragraphs are wrapped and lose their marks; a literal block stays as it is. */
  static List<String> lines(Hint hint, Terminal terminal) {
    var lines = new ArrayList<String>();
    var paragraph = new ArrayList<String>();
    boolean literal = false;
    for (var line : (hint.text() + "\n").split("\n", -1)) {
      boolean fence = line.matches("-{4,}|\\.{4,}");
      boolean attribute = line.matches("\\[.*]|//.*");
      if (literal && !fence) {
        lines.add(terminal.cut("    " + line, terminal.columns()));
      } else if (fence || attribute || line.isBlank() || line.matches("[*.-] .*")) {
        flush(paragraph, lines, terminal);
        if (line.isBlank() && !lines.isEmpty() && !lines.getLast().isEmpty()) lines.add("");
        if (line.matches("[*.-] .*")) paragraph.add(line);
      } else {
        paragraph.add(line.strip());
      }
      if (fence) literal = !literal;
    }
    while (!lines.isEmpty() && lines.getLast().isEmpty()) lines.removeLast();
    return lines;
  }

  private static void flush(List<String> paragraph, List<String> lines, Terminal terminal) {
    if (paragraph.isEmpty()) return;
    var text = LINK.matcher(String.join(" ", paragraph)).replaceAll("$1");
    boolean item = text.matches("[*.-] .*");
    var plain = MARKS.matcher(item ? text.substring(2) : text).replaceAll("");
    lines.addAll(terminal.wrap(plain, item ? "  - " : "  ", item ? "    " : "  "));
    paragraph.clear();
  }
}
