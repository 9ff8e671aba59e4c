package grader;

import grader.Terminal.Style;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A verdict as a learner reads it. */
final class Report {
  private static final int ERRORS = 5;
  private static final int PRINTED_LINES = 8;
  private static final String INDENT = "    ";

  private final Terminal terminal;
  private final Workbook workbook;
  private final Ways ways;
  private final List<String> lines = new ArrayList<>();

  private Report(Terminal terminal, Workbook workbook, Ways ways) {
    this.terminal = terminal;
    this.workbook = workbook;
    this.ways = ways;
  }

  /**
   * @param next the exercise to go to from here, if any is left
   */
  static List<String> of(
      Verdict verdict, Workbook workbook, Optional<Task> next, Ways ways, Terminal terminal) {
    var report = new Report(terminal, workbook, ways);
    report.head(verdict);
    if (!verdict.compiled()) report.errors(verdict);
    else report.steps(verdict);
    report.foot(verdict, next);
    return report.lines;
  }

  private void head(Verdict verdict) {
    var task = verdict.task();
    var score = verdict.compiled() ? points(verdict.points(), task.points()) : "does not compile";
    for (var line : terminal.sides(task.id() + " " + task.title(), score)) {
      lines.add(terminal.style(Style.BOLD, line));
    }
    wrap(shown(verdict.answer()), "", "  ");
    lines.add("");
  }

  /** What fails first is explained last: there a learner's eyes are, however low the screen. */
  private void steps(Verdict verdict) {
    for (var step : verdict.steps()) mark(step);
    verdict
        .firstFailure()
        .ifPresent(step -> {
          lines.add("");
          signed(terminal.wrap("✗ " + step.name(), "", "  "));
          explain(verdict, step);
        });
    if (verdict.passed() && verdict.printed().bytes() > 0) {
      lines.add("");
      wrap("Your code printed %,d bytes.".formatted(verdict.printed().bytes()), "", "");
    }
  }

  private void mark(Step step) {
    var points = step.criterion().points();
    switch (step.outcome()) {
      case Outcome.Passed _ -> mark(Style.GREEN, "✓ " + step.name(), points(points, points));
      case Outcome.NotReached _ -> mark(Style.BOLD, "– " + step.name(), "not reached");
      default -> mark(Style.RED, "✗ " + step.name(), points(0, points));
    }
  }

  private void mark(Style style, String left, String right) {
    var row = terminal.sides(left, right);
    row.set(0, terminal.signed(style, row.getFirst()));
    lines.addAll(row);
  }

  private void explain(Verdict verdict, Step step) {
    switch (step.outcome()) {
      case Outcome.Wrong(var gave, var wanted, var got, var means, var notes) -> {
        var shownWanted = Bytes.visible(wanted);
        var shownGot = Bytes.visible(got);
        int place = Excerpt.difference(shownWanted, shownGot);
        value("gave   ", Excerpt.of(Bytes.visible(gave), 0));
        value("wanted ", Excerpt.of(shownWanted, place));
        value("got    ", Excerpt.of(shownGot, place));
        exchange(verdict);
        sentences(notes);
        wrap(Bytes.visible(means.strip().replaceAll("\\s*\\R\\s*", " ")), "  ", "  ");
      }
      case Outcome.Trouble trouble -> {
        sentences(trouble.lines());
        exchange(verdict);
      }
      case Outcome.Passed _, Outcome.NotReached _ -> {}
    }
    printed(verdict.printed());
    var hint = ways.hint(verdict.task());
    wrap("Read: %s. A hint: %s".formatted(step.criterion().read(), hint), "  ", "  ");
  }

  /** What crossed the wire, set apart by empty lines: a figure, or where none fits, sentences. */
  private void exchange(Verdict verdict) {
    var exchange = verdict.exchange().filter(Exchange::hasBytes);
    if (exchange.isEmpty()) return;
    lines.add("");
    int columns = terminal.columns() - INDENT.length();
    for (var line : exchange.get().lines(columns, terminal.drawings(), terminal.charset())) {
      lines.add((INDENT + line).stripTrailing());
    }
    lines.add("");
  }

  /**
   * One line for each that the value has, with its name before the first. What is said behind the
   * last line end, or ends a quotation there, stays on its line.
   */
  private void value(String name, String value) {
    var indent = "    " + name;
    for (var line : value.split("(?<=␊)(?![ \"][^␊]*$)")) {
      wrap(line, indent, " ".repeat(11));
      indent = " ".repeat(11);
    }
  }

  /** Sentences are wrapped; code, which starts with four spaces, is cut. */
  private void sentences(List<String> sentences) {
    for (var sentence : sentences) {
      var shown = Bytes.visible(sentence.replace("\t", "  "));
      if (shown.startsWith("    ")) lines.add(terminal.cut("  " + shown, terminal.columns()));
      else wrap(shown, "  ", "  ");
    }
  }

  private void printed(Printed printed) {
    if (printed.bytes() == 0) return;
    var all = printed.start().lines().toList();
    boolean more = printed.bytes() > printed.start().length() || all.size() > PRINTED_LINES;
    wrap(
        "Your code printed %,d bytes%s:".formatted(printed.bytes(), more ? ", which begin" : ""),
        "  ",
        "  ");
    for (var line : all.subList(0, Math.min(PRINTED_LINES, all.size()))) {
      lines.add(terminal.cut("    | " + Bytes.visible(line), terminal.columns()));
    }
  }

  private void errors(Verdict verdict) {
    var errors = verdict.errors();
    if (errors.getFirst().inChecks()) {
      wrap(
          "Your file compiles, but its checks no longer fit it: they use what %s declares."
              .formatted(workbook.shown(workbook.shipped(verdict.task()))),
          "",
          "");
      lines.add("");
    }
    // A method that is called otherwise than it is declared: the other calls say the same.
    int shown = Math.min(errors.getFirst().inChecks() ? 1 : ERRORS, errors.size());
    for (var error : errors.subList(0, shown)) error(error);
    if (errors.size() > shown) lines.add("and %d more".formatted(errors.size() - shown));
  }

  private void error(CompileError error) {
    var message = error.message().lines().map(Bytes::visible).toList();
    var file = shown(error.file());
    var place = error.line() > 0 ? file + ":" + error.line() : file;
    signed(terminal.wrap("✗ " + place + ": " + message.getFirst(), "", "  "));
    if (error.line() > 0) source(error);
    for (var line : message.subList(1, message.size())) wrap(line.strip(), "    ", "      ");
  }

  /** The line, and a caret under the column; where it lies far right, the line starts later. */
  private void source(CompileError error) {
    var text = error.source().replace('\t', ' ');
    int caret = Math.clamp(error.column() - 1, 0, text.length());
    int from = Math.min(text.length() - text.stripLeading().length(), caret);
    int last = terminal.columns() - 14;
    if (column(text, from, caret) > last) {
      while (column(text, from, caret) > last / 2) from = text.offsetByCodePoints(from, 1);
    }
    lines.add(terminal.cut("    " + Bytes.visible(text.substring(from)), terminal.columns()));
    if (error.column() > 0) lines.add(" ".repeat(4 + column(text, from, caret)) + "^");
  }

  private int column(String text, int from, int to) {
    return Columns.of(terminal.writable(Bytes.visible(text.substring(from, to))));
  }

  private String shown(Path file) {
    return Bytes.visible(workbook.shown(file));
  }

  private void foot(Verdict verdict, Optional<Task> next) {
    var task = verdict.task();
    var again = ways.again(task);
    lines.add("");
    if (!verdict.compiled()) {
      wrap("Mend the first, " + again, "", "  ");
    } else if (!verdict.passed()) {
      var score = points(verdict.points(), task.points());
      wrap("%s. Mend this first, %s".formatted(score, again), "", "  ");
    } else {
      wrap("Solved, with %s.".formatted(points(task.points(), task.points())), "", "  ");
      lines.addAll(next(next, ways, terminal));
    }
  }

  /** Where to go on. */
  static List<String> next(Optional<Task> next, Ways ways, Terminal terminal) {
    if (next.isEmpty()) return List.of("Every exercise of this workbook is solved.");
    var task = next.get();
    var text = "Next: %s %s — %s".formatted(task.id(), task.title(), ways.begin(task));
    return terminal.wrap(text, "", "  ");
  }

  static String points(int reached, int all) {
    return "%d of %s".formatted(reached, points(all));
  }

  static String points(int all) {
    return all == 1 ? "1 point" : all + " points";
  }

  /** What is wrong: a red sign, and words that stand out on any ground. */
  private void signed(List<String> wrong) {
    var first = wrong.getFirst();
    lines.add(
        terminal.style(Style.RED, first.substring(0, 1))
            + terminal.style(Style.BOLD, first.substring(1)));
    for (var line : wrong.subList(1, wrong.size())) lines.add(terminal.style(Style.BOLD, line));
  }

  private void wrap(String text, String firstIndent, String indent) {
    lines.addAll(terminal.wrap(text, firstIndent, indent));
  }
}
