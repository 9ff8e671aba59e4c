package wire.timeline;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import wire.Act;
import wire.Side;

/**
 * A timeline as a drawing for the book: two lifelines, what each side sends beside its own, and an
 * arrow for what crosses. Colors and fonts come from the page ({@code docs/theme/timeline.css}), so
 * it follows the theme; all it says is also in its title and description.
 *
 * @param name of the figure; begins every id, so that several fit on one page
 * @param title what it shows, in a few words
 */
public record SvgTimeline(String name, String title) {
  private static final int WIDTH = 540;
  private static final int CLIENT_X = 14;
  private static final int SERVER_X = WIDTH - CLIENT_X;
  private static final int MIDDLE = WIDTH / 2;
  private static final int SLANT = 10; // an arrow takes its time
  private static final int AFTER = 8; // below an arrow

  private static final double CELL = 7.2; // a character of the bytes: 0.6 of 12
  private static final int ROW = 18;
  private static final int PADDING = 9;
  private static final int GAP = 10; // between a lifeline and what stands beside it
  private static final int LABEL = 62; // characters of a sentence on one line
  private static final int MARK = 54; // the same in bold
  private static final int MOST_ROWS = 16;
  private static final String CLOCK = "v4.5 h3.5 m-3.5 -7 a7 7 0 1 1 -0.1 0";
  private static final double ROOM = SERVER_X - CLIENT_X - 2 * (GAP + PADDING);

  public SvgTimeline {
    if (!name.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException("no name for an id: " + name);
    }
    title = Symbol.named(Symbol.visible(title));
  }

  /** The figure for an HTML page: the drawing, and below it a caption that is HTML already. */
  public String figure(Timeline timeline, String caption) {
    return """
    <figure class="drawing timeline" id="%s"><div class="scroll" tabindex="0" role="region" \
    aria-label="%s">%s</div><figcaption>%s</figcaption></figure>\
    """
        .formatted("timeline-" + name, escape(title), svg(timeline), caption);
  }

  /** The drawing alone: one {@code svg} element on one line. */
  public String svg(Timeline timeline) {
    return new Drawing(timeline).svg();
  }

  static double room(Symbol symbol) {
    // A control character is drawn as its name in a small box.
    double cells = symbol.isControl() ? 0.8 + 0.75 * symbol.name().length() : symbol.columns();
    return cells * CELL;
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** One rendering. The pen moves down; each step moves it by what it draws. */
  private final class Drawing {
    private final Timeline timeline;
    private final StringBuilder behind = new StringBuilder(); // lifelines
    private final StringBuilder drawn = new StringBuilder();
    private final List<String> told = new ArrayList<>();
    private double y;

    private final Map<Integer, Set<Side>> finished = new HashMap<>(); // who has, by conversation
    private double lifeTop;

    Drawing(Timeline timeline) {
      this.timeline = timeline;
    }

    String svg() {
      names();
      var steps = timeline.steps();
      boolean bands = timeline.hasSeveralConversations();
      int conversation = 0;
      if (!bands) begin();
      for (var step : steps) {
        boolean next = bands && step.conversation() != conversation;
        if (next && conversation > 0) end();
        int before = drawn.length();
        if (next) band(conversation = step.conversation());
        var sentence = (next ? "conversation " + conversation + ": " : "") + draw(step);
        drawn.insert(before, "<g class=\"step\" data-says=\"" + escape(sentence) + "\">");
        drawn.append("</g>");
        told.add(sentence);
      }
      if (steps.isEmpty()) note("nothing happened");
      end();
      if (timeline.omitted() > 0) note(Words.omitted(timeline.omitted()));
      if (timeline.end().isPresent()) {
        mark(timeline.end().get());
        told.add(Symbol.named(timeline.end().get()));
      }
      return around();
    }

    private String around() {
      var id = "timeline-" + name;
      return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %s" role="img" \
      aria-labelledby="%s-title" aria-describedby="%s-desc"><title id="%s-title">%s</title>\
      <desc id="%s-desc">%s</desc>%s%s</svg>\
      """
          .formatted(
              WIDTH,
              number(y + 6),
              id,
              id,
              id,
              escape(title),
              id,
              escape(String.join(". ", told) + "."),
              behind,
              drawn);
    }

    private void names() {
      y = 16;
      text("name", CLIENT_X - 8, y, "start", cut(timeline.name(Side.CLIENT)));
      text("name", SERVER_X + 8, y, "end", cut(timeline.name(Side.SERVER)));
      y += 10;
    }

    private void begin() {
      lifeTop = y;
      y += 8;
    }

    private void band(int conversation) {
      y += 4;
      var continued = finished.containsKey(conversation) ? ", continued" : "";
      text("conversation", MIDDLE, y + 13, "middle", "conversation " + conversation + continued);
      y += 18;
      begin();
    }

    /** The lifelines, from where they began to here. */
    private void end() {
      for (var side : Side.values()) line(behind, "life", x(side), lifeTop, x(side), y);
      y += 14;
    }

    /** Draws a step and says it. */
    private String draw(Step step) {
      var ended = finished.computeIfAbsent(step.conversation(), _ -> EnumSet.noneOf(Side.class));
      int before = drawn.length();
      double top = y;
      var sentence = Words.of(timeline, step);
      if (step.tenths() > 0) pause(step.tenths());
      switch (step.act()) {
        case DATA, DUPLICATE, REORDER, DROP -> sentence += ": " + message(step);
        case CONNECT, ACCEPT -> labelled("call", step, sentence);
        case HALF_CLOSE, CLOSE -> labelled("end", step, sentence);
        case RESET, REFUSED -> {
          labelled("broken", step, sentence);
          y += 4;
          for (var side : Side.values()) cross(x(side), y);
        }
        case TIMEOUT, HOLD, RELEASE -> waiting(step, sentence);
      }
      var half = new StringBuilder();
      if (ended.size() == 1) {
        for (var side : ended) line(half, "half", x(side), top, x(side), y);
      }
      switch (step.act()) {
        case HALF_CLOSE, CLOSE -> {
          double x = x(step.from());
          if (ended.add(step.from()) && ended.size() == 1) {
            line(half, "half", x, y - AFTER - SLANT, x, y);
          }
        }
        case RESET, REFUSED -> ended.addAll(EnumSet.allOf(Side.class));
        default -> {}
      }
      drawn.insert(before, half);
      if (step.mark().isPresent()) {
        mark(step.mark().get());
        sentence += ". Here: " + Symbol.named(step.mark().get());
      }
      return step.tenths() > 0 ? Words.pause(step.tenths()) + ", " + sentence : sentence;
    }

    /** The bytes in a box beside the sender, and under it their way across. */
    private String message(Step step) {
      var rows = Rows.of(step, UnaryOperator.identity(), SvgTimeline::room, ROOM - 1, MOST_ROWS);
      var label =
          step.act() == Act.DATA
              ? Words.of(timeline, step).substring(timeline.name(step.from()).length() + 7)
              : Words.of(timeline, step);
      double width = label.length() * 5.6;
      for (var row : rows) width = Math.max(width, width(row));
      width = Math.min(width, ROOM) + 2 * PADDING;
      double height = rows.size() * ROW + 2 * PADDING + 13;
      boolean left = step.from() == Side.CLIENT;
      double x = left ? CLIENT_X + GAP : SERVER_X - GAP - width;
      y += 6;
      drawn.append(
          "<rect class=\"message %s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"6\"/>"
              .formatted(
                  step.from().name().toLowerCase(Locale.ROOT),
                  number(x),
                  number(y),
                  number(width),
                  number(height)));
      text("count", x + PADDING, y + PADDING + 7, "start", label);
      double line = y + PADDING + 13 + 13;
      for (var row : rows) {
        row(row, x + PADDING, line);
        line += ROW;
      }
      y += height + 6;
      arrow(step.act() == Act.DROP ? "lost" : "wire", step.from(), step.act());
      return Words.spoken(rows);
    }

    private void row(Rows.Row row, double x, double y) {
      if (row.leftOut() > 0) {
        text("count", x, y, "start", Words.leftOut(row.leftOut()));
        return;
      }
      var run = new StringBuilder();
      double start = x;
      for (var symbol : row.symbols()) {
        if (symbol.isControl()) {
          run(run, start, y);
          control(symbol, x, y);
          x += room(symbol);
          start = x;
        } else {
          run.append(symbol.text());
          x += room(symbol);
        }
      }
      run(run, start, y);
    }

    /** Characters in a row. Whatever font the page has, they take the room that we gave them. */
    private void run(StringBuilder run, double x, double y) {
      if (run.isEmpty()) return;
      var text = run.toString().replace(' ', '\u00a0');
      drawn.append(
          "<text class=\"bytes\" x=\"%s\" y=\"%s\" textLength=\"%s\">%s</text>"
              .formatted(number(x), number(y), number(Symbol.columns(text) * CELL), escape(text)));
      run.setLength(0);
    }

    private void control(Symbol symbol, double x, double y) {
      double width = room(symbol) - 2;
      drawn.append(
          "<rect class=\"octet\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"11\" rx=\"2.5\"/>"
              .formatted(number(x + 1), number(y - 9.5), number(width)));
      text("octet", x + 1 + width / 2, y - 1, "middle", symbol.name());
    }

    private double width(Rows.Row row) {
      if (row.leftOut() > 0) return Words.leftOut(row.leftOut()).length() * 5.6;
      return row.symbols().stream().mapToDouble(SvgTimeline::room).sum();
    }

    private void labelled(String kind, Step step, String sentence) {
      y += 5;
      for (var line : TextTimeline.wrap(sentence, LABEL)) {
        y += 15;
        text("words", MIDDLE, y, "middle", line);
      }
      y += 5;
      arrow(kind, step.from(), step.act());
    }

    /** A line from one lifeline to the other, ending lower than it began. */
    private void arrow(String kind, Side from, Act act) {
      double x = x(from);
      double to = x(from.other());
      double sign = Math.signum(to - x);
      double end = y + SLANT;
      double tip = to - 2 * sign;
      switch (kind) {
        case "lost" -> {
          line(drawn, "wire", x, y, MIDDLE, y + SLANT / 2.0);
          cross(MIDDLE, y + SLANT / 2.0);
        }
        case "broken" -> {
          double at = y + SLANT / 2.0;
          line(drawn, "broken", x, y, MIDDLE - sign * 4, at);
          line(drawn, "broken", MIDDLE + sign * 4, at, tip - 8 * sign, end);
          for (int each : new int[] {-4, 4}) {
            line(drawn, "broken", MIDDLE + each - 3, at + 7, MIDDLE + each + 3, at - 7);
          }
          tip("broken", tip, end, sign);
        }
        default -> {
          line(drawn, kind, x, y, tip - 8 * sign, end);
          tip(kind, tip, end, sign);
          if (act == Act.DUPLICATE) tip(kind, tip - 9 * sign, end, sign);
        }
      }
      if (kind.equals("end")) {
        line(drawn, "bar", x, y - 7, x, y + 7);
        line(drawn, "bar", to, end - 7, to, end + 7);
      }
      y = end + AFTER;
    }

    private void tip(String kind, double x, double y, double sign) {
      path("tip " + kind, x, y, "l" + number(-10 * sign) + " -4.5 v9 z");
    }

    private void cross(double x, double y) {
      path("cross", x - 5, y - 5, "l10 10 m0 -10 l-10 10");
    }

    private void pause(int tenths) {
      y += 8;
      double middle = y + 9;
      path("sign", MIDDLE - 38, middle - 4.5, CLOCK);
      text("pause", MIDDLE - 26, middle + 4, "start", Words.pause(tenths));
      y += 20;
    }

    private void waiting(Step step, String sentence) {
      y += 8;
      boolean left = step.from() == Side.CLIENT;
      double x = x(step.from()) + (left ? 20 : -20);
      double middle = y + 8;
      switch (step.act()) {
        case HOLD -> path("sign", x - 3.5, middle - 6, "v12 m7 0 v-12");
        case RELEASE -> path("sign", x - 4, middle - 6, "v12 l9 -6 z");
        default -> path("sign late", x, middle - 4.5, CLOCK);
      }
      for (var line : TextTimeline.wrap(sentence, LABEL)) {
        text("words", x + (left ? 14 : -14), y + 12, left ? "start" : "end", line);
        y += 15;
      }
      y += 6;
    }

    private void mark(String sentence) {
      var lines = TextTimeline.wrap(Symbol.named(sentence), MARK);
      double height = lines.size() * 17 + 13;
      y += 8;
      double x = CLIENT_X + GAP;
      var half = number(MIDDLE - x - 7);
      path(
          "mark",
          x,
          y,
          "h%s l7 -8 l7 8 h%s v%s h%s z"
              .formatted(half, half, number(height), number(-2 * (MIDDLE - x))));
      double line = y + 19;
      for (var each : lines) {
        text("mark", MIDDLE, line, "middle", each);
        line += 17;
      }
      y += height + 6;
    }

    private void note(String sentence) {
      y += 16;
      text("pause", MIDDLE, y, "middle", sentence);
      told.add(sentence);
      y += 6;
    }

    private void line(StringBuilder into, String kind, double x1, double y1, double x2, double y2) {
      into.append(
          "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>"
              .formatted(kind, number(x1), number(y1), number(x2), number(y2)));
    }

    private void path(String kind, double x, double y, String rest) {
      drawn.append(
          "<path class=\"%s\" d=\"M%s %s %s\"/>".formatted(kind, number(x), number(y), rest));
    }

    private void text(String kind, double x, double y, String anchor, String text) {
      drawn.append(
          "<text class=\"%s\" x=\"%s\" y=\"%s\"%s>%s</text>"
              .formatted(
                  kind,
                  number(x),
                  number(y),
                  anchor.equals("start") ? "" : " text-anchor=\"" + anchor + "\"",
                  escape(Symbol.named(text))));
    }

    private String cut(String name) {
      return TextTimeline.wrap(name, LABEL / 2).getFirst();
    }
  }

  private static double x(Side side) {
    return side == Side.CLIENT ? CLIENT_X : SERVER_X;
  }

  /** At most one place after the point; the same on every machine. */
  private static String number(double value) {
    long tenths = Math.round(value * 10);
    if (tenths % 10 == 0) return Long.toString(tenths / 10);
    return String.format(Locale.ROOT, "%.1f", tenths / 10.0);
  }
}
