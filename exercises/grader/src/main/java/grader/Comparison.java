package grader;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Chunk;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A learner's text beside ours: the lines that only one of the two has. */
final class Comparison {
  private static final Pattern IMPORT = Pattern.compile("import .*|package .*");
  private static final Pattern DOCUMENTATION = Pattern.compile("\\s*(/\\*|\\*).*");

  private final List<Line> yours;
  private final List<Line> ours;
  private final List<AbstractDelta<Line>> differences;

  /** Where it stands is no part of a line, nor how far it is indented. */
  private record Line(int number, String text) {
    boolean sameAs(Line other) {
      return text.strip().equals(other.text.strip());
    }

    boolean isCode() {
      return !text.strip().startsWith("//");
    }

    int indent() {
      return text.length() - text.stripLeading().length();
    }
  }

  private Comparison(List<Line> yours, List<Line> ours) {
    this.yours = yours;
    this.ours = ours;
    differences = DiffUtils.diff(yours, ours, Line::sameAs).getDeltas();
  }

  /** Empty lines, imports and documentation do not count. */
  static Comparison of(List<String> yours, List<String> ours) {
    return new Comparison(lines(yours, _ -> true), lines(ours, _ -> true));
  }

  /** How many lines of code stand in one of the two texts only. */
  static int distance(List<String> one, List<String> other) {
    return new Comparison(lines(one, Line::isCode), lines(other, Line::isCode)).codeApart();
  }

  private static List<Line> lines(List<String> text, Predicate<Line> wanted) {
    return IntStream.range(0, text.size())
        .mapToObj(at -> new Line(at + 1, shown(text.get(at))))
        .filter(line -> !line.text.isBlank())
        .filter(line -> !IMPORT.matcher(line.text).matches())
        .filter(line -> !DOCUMENTATION.matcher(line.text).matches())
        .filter(wanted)
        .toList();
  }

  private static String shown(String line) {
    return Bytes.visible(line.replace("\t", "  ").stripTrailing());
  }

  private int codeApart() {
    return differences.stream()
        .mapToInt(each -> code(each.getSource().getLines()) + code(each.getTarget().getLines()))
        .sum();
  }

  private static int code(List<Line> lines) {
    return (int) lines.stream().filter(Line::isCode).count();
  }

  /** What to change in yours to have ours, place by place. */
  List<String> shown(Terminal terminal) {
    if (differences.isEmpty()) return terminal.wrap("Yours is the same, line by line.", "", "  ");
    if (3 * codeApart() > 2 * (code(yours) + code(ours))) {
      var text = "Yours is another text in most of its lines. Read the two one after the other.";
      return terminal.wrap(text, "", "  ");
    }
    var lines = new ArrayList<String>();
    var signs = terminal.drawings() ? "Where yours (-) and ours (+) differ:" : "Where they differ:";
    lines.addAll(terminal.wrap(signs, "", "  "));
    for (var each : differences) {
      lines.add(place(each.getSource()) + ":");
      add(lines, each, terminal);
    }
    return lines;
  }

  private static void add(List<String> lines, AbstractDelta<Line> difference, Terminal terminal) {
    var yours = difference.getSource().getLines();
    var ours = difference.getTarget().getLines();
    int indent =
        IntStream.concat(
                yours.stream().mapToInt(Line::indent), ours.stream().mapToInt(Line::indent))
            .min()
            .orElse(0);
    var minus = terminal.drawings() ? "  - " : "  yours: ";
    var plus = terminal.drawings() ? "  + " : "  ours: ";
    for (var line : yours)
      lines.addAll(terminal.wrap(line.text.substring(indent), minus, "        "));
    for (var line : ours)
      lines.addAll(terminal.wrap(line.text.substring(indent), plus, "        "));
  }

  private String place(Chunk<Line> yoursHere) {
    if (yoursHere.getLines().isEmpty()) {
      int before = yoursHere.getPosition();
      return before == 0
          ? "At the beginning"
          : "After line %d of yours".formatted(yours.get(before - 1).number);
    }
    int first = yoursHere.getLines().getFirst().number;
    int last = yoursHere.getLines().getLast().number;
    return first == last
        ? "Line %d of yours".formatted(first)
        : "Lines %d to %d of yours".formatted(first, last);
  }
}
