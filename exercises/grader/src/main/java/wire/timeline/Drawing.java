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

/** Lays a timeline out from top to bottom: each step begins where the one before it ended. */
final class Drawing {
  static final int WIDTH = 440; // a phone shows this without scrolling

  private static final int CLIENT_X = 12;
  private static final int SERVER_X = WIDTH - CLIENT_X;
  private static final int MIDDLE = WIDTH / 2;
  private static final int SLANT = 10; // an arrow takes its time
  private static final int AFTER = 8; // below an arrow

  private static final double CELL = 7.5; // a character of the bytes: 0.6 of 12.5
  private static final double SMALL = 5.6; // a character of the small sentence above them, or less
  private static final int ROW = 18;
  private static final int PADDING = 9;
  private static final int GAP = 10; // between a lifeline and what stands beside it
  private static final double ROOM = SERVER_X - CLIENT_X - 2 * (GAP + PADDING);
  private static final int MOST_ROWS = 16; // of one message

  private static final int LABEL = 50; // characters of a sentence on one line
  private static final int MARK = 44; // the same in bold
  private static final String CLOCK = "v4.5 h3.5 m-3.5 -7 a7 7 0 1 1 -0.1 0";

  private final Timeline timeline;
  private final Pen page = new Pen();
  private final Pen lifelines = new Pen(); // behind all steps
  private Pen pen = page;
  private final List<String> told = new ArrayList<>();
  private final Map<Integer, Set<Side>> finished = new HashMap<>(); // who has, by conversation
  private double y;
  private double top; // where the lifelines began

  private Drawing(Timeline timeline) {
    this.timeline = timeline;
  }

  static Drawing of(Timeline timeline) {
    var drawing = new Drawing(timeline);
    drawing.draw();
    return drawing;
  }

  double height() {
    return y + 6;
  }

  /** All of it in words. */
  String story() {
    return String.join(". ", told) + ".";
  }

  String elements() {
    return lifelines + page.toString();
  }

  private void draw() {
    names();
    var steps = timeline.steps();
    boolean bands = timeline.hasSeveralConversations();
    int conversation = 0;
    if (!bands) begin();
    for (var step : steps) {
      boolean next = bands && step.conversation() != conversation;
      if (next && conversation > 0) end();
      if (step.skipped() > 0) note(Words.skipped(step.skipped()));
      pen = new Pen();
      if (next) band(step.conversation());
      conversation = step.conversation();
      tell((next ? "conversation " + conversation + ": " : "") + draw(step));
    }
    if (steps.isEmpty()) note("nothing happened");
    end();
    if (timeline.omitted() > 0) note(Words.omitted(timeline.omitted()));
    timeline
        .end()
        .ifPresent(sentence -> {
          pen = new Pen();
          mark(sentence);
          tell(Symbol.named(sentence));
        });
  }

  /** What the pen has drawn is one step of the story. */
  private void tell(String sentence) {
    page.step(sentence, pen);
    told.add(sentence);
    pen = page;
  }

  private void names() {
    y = 16;
    pen.text("name", CLIENT_X - 8, y, "start", cut(timeline.name(Side.CLIENT)));
    pen.text("name", SERVER_X + 8, y, "end", cut(timeline.name(Side.SERVER)));
    y += 10;
  }

  private static String cut(String name) {
    return TextTimeline.wrap(name, LABEL / 2 - 2).getFirst();
  }

  private void begin() {
    top = y;
    y += 8;
  }

  private void band(int conversation) {
    y += 4;
    var continued = finished.containsKey(conversation) ? ", continued" : "";
    pen.text("conversation", MIDDLE, y + 13, "middle", "conversation " + conversation + continued);
    y += 18;
    begin();
  }

  /** The lifelines, from where they began to here. */
  private void end() {
    for (var side : Side.values()) lifelines.line("life", x(side), top, x(side), y);
    y += 14;
  }

  /** Draws a step and says it. */
  private String draw(Step step) {
    double before = y;
    if (step.tenths() > 0) pause(step.tenths());
    var sentence = Symbol.named(Words.of(timeline, step));
    switch (step.act()) {
      case DATA, DUPLICATE, REORDER, DROP -> sentence += message(step);
      case CONNECT, ACCEPT -> arrow("call", step, sentence);
      case HALF_CLOSE -> arrow("end", step, sentence);
      case CLOSE -> {
        if (timeline.isConnection(step.conversation())) arrow("end", step, sentence);
        else waiting(step, sentence);
      }
      case RESET, REFUSED -> {
        arrow("broken", step, sentence);
        y += 4;
        for (var side : Side.values()) cross(x(side), y);
      }
      case TIMEOUT, HOLD, RELEASE -> waiting(step, sentence);
    }
    halfClosed(step, before);
    if (step.mark().isPresent()) {
      mark(step.mark().get());
      sentence += ". What went wrong: " + Symbol.named(step.mark().get());
    }
    return step.tenths() > 0 ? Words.pause(step.tenths()) + ", " + sentence : sentence;
  }

  /** Which side only listens any more, from one FIN to the other. */
  private void halfClosed(Step step, double before) {
    var ended = finished.computeIfAbsent(step.conversation(), _ -> EnumSet.noneOf(Side.class));
    if (ended.size() == 1) {
      for (var side : ended) pen.line("half", x(side), before, x(side), y);
    }
    switch (step.act()) {
      case HALF_CLOSE, CLOSE -> {
        double x = x(step.from());
        if (step.closedByBoth()) ended.add(step.from().other());
        else if (ended.isEmpty()) pen.line("half", x, y - AFTER - SLANT, x, y);
        ended.add(step.from());
      }
      case RESET, REFUSED -> ended.addAll(EnumSet.allOf(Side.class));
      default -> {}
    }
  }

  /** The bytes in a box beside the sender, and under it their way across; what they say. */
  private String message(Step step) {
    var rows = Rows.of(step, UnaryOperator.identity(), Drawing::room, ROOM - 1, MOST_ROWS);
    var label = step.act() == Act.DATA ? Words.amount(step) : Words.of(timeline, step);
    var labels = TextTimeline.wrap(label, (int) (ROOM / SMALL));
    double width = 0;
    for (var line : labels) width = Math.max(width, line.length() * SMALL);
    for (var row : rows) width = Math.max(width, room(row));
    width += 2 * PADDING;
    double height = rows.size() * ROW + labels.size() * 13 + 2 * PADDING;
    boolean left = step.from() == Side.CLIENT;
    double x = left ? CLIENT_X + GAP : SERVER_X - GAP - width;
    y += 6;
    var side = step.from().name().toLowerCase(Locale.ROOT);
    pen.box("message " + side, x, y, width, height, 6);
    double line = y + PADDING - 6;
    for (var each : labels) pen.text("count", x + PADDING, line += 13, "start", each);
    for (var row : rows) row(row, x + PADDING, line += ROW + (row == rows.getFirst() ? 1 : 0));
    y += height + 6;
    arrow(step.act() == Act.DROP ? "lost" : "wire", step.from(), step.act());
    return rows.isEmpty() ? "" : ": " + Words.spoken(rows);
  }

  private void row(Rows.Row row, double x, double y) {
    if (row.leftOut() > 0) {
      pen.text("count", x, y, "start", Words.leftOut(row.leftOut()));
      return;
    }
    var run = new StringBuilder();
    for (var symbol : row.symbols()) {
      if (symbol.isControl()) {
        x = run(run, x, y);
        double width = room(symbol) - 2;
        pen.box("octet", x + 1, y - 9.5, width, 11, 2.5);
        pen.text("octet", x + 1 + width / 2, y - 1, "middle", symbol.name());
        x += room(symbol);
      } else {
        run.append(symbol.text());
      }
    }
    run(run, x, y);
  }

  /** Writes the characters that stand together; where they end. */
  private double run(StringBuilder run, double x, double y) {
    if (run.isEmpty()) return x;
    double room = Symbol.columns(run.toString()) * CELL;
    pen.bytes(x, y, room, run.toString());
    run.setLength(0);
    return x + room;
  }

  /** A control character is drawn as its name in a small box. */
  private static double room(Symbol symbol) {
    return CELL * (symbol.isControl() ? 0.8 + 0.75 * symbol.name().length() : symbol.columns());
  }

  private static double room(Rows.Row row) {
    if (row.leftOut() > 0) return Words.leftOut(row.leftOut()).length() * SMALL;
    return row.symbols().stream().mapToDouble(Drawing::room).sum();
  }

  private void arrow(String kind, Step step, String sentence) {
    y += 5;
    for (var line : TextTimeline.wrap(sentence, LABEL)) {
      y += 15;
      pen.text("words", MIDDLE, y, "middle", line);
    }
    y += 5;
    if (!step.closedByBoth()) {
      arrow(kind, step.from(), step.act());
      return;
    }
    double before = y;
    arrow(kind, Side.CLIENT, step.act());
    y = before;
    arrow(kind, Side.SERVER, step.act());
  }

  /** A line from one lifeline to the other, ending lower than it began. */
  private void arrow(String kind, Side sender, Act act) {
    double from = x(sender);
    double to = x(sender.other());
    double forward = Math.signum(to - from);
    double halfway = y + SLANT / 2.0;
    double end = y + SLANT;
    double tip = to - 2 * forward;
    switch (kind) {
      case "lost" -> {
        pen.line("wire", from, y, MIDDLE, halfway);
        cross(MIDDLE, halfway);
      }
      case "broken" -> {
        pen.line(kind, from, y, MIDDLE - forward * 4, halfway);
        pen.line(kind, MIDDLE + forward * 4, halfway, tip - 8 * forward, end);
        pen.line(kind, MIDDLE - 7, halfway + 7, MIDDLE - 1, halfway - 7);
        pen.line(kind, MIDDLE + 1, halfway + 7, MIDDLE + 7, halfway - 7);
        tip(kind, tip, end, forward);
      }
      default -> {
        pen.line(kind, from, y, tip - 8 * forward, end);
        tip(kind, tip, end, forward);
      }
    }
    if (act == Act.DUPLICATE) tip(kind, tip - 9 * forward, end, forward);
    if (kind.equals("end")) {
      pen.line("bar", from, y - 7, from, y + 7);
      pen.line("bar", to, end - 7, to, end + 7);
    }
    y = end + AFTER;
  }

  private void tip(String kind, double x, double y, double forward) {
    pen.path("tip " + kind, x, y, "l" + Pen.number(-10 * forward) + " -4.5 v9 z");
  }

  private void cross(double x, double y) {
    pen.path("cross", x - 5, y - 5, "l10 10 m0 -10 l-10 10");
  }

  private void pause(int tenths) {
    y += 8;
    pen.path("sign", MIDDLE - 38, y + 4.5, CLOCK);
    pen.text("pause", MIDDLE - 26, y + 13, "start", Words.pause(tenths));
    y += 20;
  }

  private void waiting(Step step, String sentence) {
    y += 8;
    boolean left = step.from() == Side.CLIENT;
    double x = x(step.from()) + (left ? 20 : -20);
    switch (step.act()) {
      case HOLD -> pen.path("sign", x - 3.5, y + 2, "v12 m7 0 v-12");
      case RELEASE -> pen.path("sign", x - 4, y + 2, "v12 l9 -6 z");
      default -> pen.path("sign late", x, y + 3.5, CLOCK);
    }
    for (var line : TextTimeline.wrap(sentence, LABEL - 4)) {
      pen.text("words", x + (left ? 14 : -14), y + 12, left ? "start" : "end", line);
      y += 15;
    }
    y += 6;
  }

  /** What went wrong, under what it is about. */
  private void mark(String sentence) {
    var lines = TextTimeline.wrap(Symbol.named(sentence), MARK);
    double height = lines.size() * 17 + 13;
    y += 8;
    double x = CLIENT_X + GAP;
    var half = Pen.number(MIDDLE - x - 7);
    var rest =
        "h%s l7 -8 l7 8 h%s v%s h%s z"
            .formatted(half, half, Pen.number(height), Pen.number(-2 * (MIDDLE - x)));
    pen.path("mark", x, y, rest);
    double line = y + 2;
    for (var each : lines) pen.text("mark", MIDDLE, line += 17, "middle", each);
    y += height + 6;
  }

  private void note(String sentence) {
    y += 16;
    pen.text("pause", MIDDLE, y, "middle", sentence);
    told.add(sentence);
    y += 6;
  }

  private static double x(Side side) {
    return side == Side.CLIENT ? CLIENT_X : SERVER_X;
  }
}
