package wire.timeline;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.ArrayList;
import java.util.List;
import wire.Act;
import wire.Side;

/**
 * A timeline as plain text: the client at the left, the server at the right, and what each does on
 * its own side, so that it reads well aloud too.
 *
 * @param columns no line is longer
 * @param charset what it has no character for becomes ASCII
 * @param mostRows of one message
 */
public record TextTimeline(int columns, Charset charset, int mostRows) {
  public static final int LEAST_COLUMNS = 60;
  public static final int MOST_COLUMNS = 100;

  private static final int MOST_ROWS = 14;
  private static final String INDENT = "  ";

  public TextTimeline {
    if (columns < LEAST_COLUMNS || columns > MOST_COLUMNS) {
      throw new IllegalArgumentException(
          columns + " columns: from " + LEAST_COLUMNS + " to " + MOST_COLUMNS);
    }
  }

  public TextTimeline(int columns, Charset charset) {
    this(columns, charset, MOST_ROWS);
  }

  /** The whole of it, each line with its end. */
  public String render(Timeline timeline) {
    return String.join("\n", lines(timeline)) + "\n";
  }

  public List<String> lines(Timeline timeline) {
    return new Page(timeline, charset.newEncoder()).lines();
  }

  /** One rendering. */
  private final class Page {
    private final Timeline timeline;
    private final CharsetEncoder encoder;
    private final boolean ascii;
    private final List<String> lines = new ArrayList<>();

    Page(Timeline timeline, CharsetEncoder encoder) {
      this.timeline = timeline;
      this.encoder = encoder;
      this.ascii = !encoder.canEncode("◀─▶╳┤║═·");
    }

    List<String> lines() {
      var client = writable(timeline.name(Side.CLIENT));
      var server = writable(timeline.name(Side.SERVER));
      lines.add(spread(cut(client, columns / 2 - 1), " ", cut(server, columns / 2 - 1)));
      int conversation = 0;
      for (var step : timeline.steps()) {
        if (step.skipped() > 0) lines.add(centered(writable(Words.skipped(step.skipped()))));
        if (step.conversation() != conversation && timeline.hasSeveralConversations()) {
          conversation = step.conversation();
          lines.add(spread("conversation " + conversation + " ", ascii ? "=" : "═", ""));
        }
        if (step.tenths() > 0) lines.add(centered(Words.pause(step.tenths())));
        arrow(step);
        if (step.act().hasBytes()) data(step);
        step.mark().ifPresent(this::mark);
      }
      if (timeline.steps().isEmpty()) lines.add(centered("nothing happened"));
      if (timeline.omitted() > 0) lines.add(centered(Words.omitted(timeline.omitted())));
      timeline.end().ifPresent(this::mark);
      lines.replaceAll(String::stripTrailing);
      return lines;
    }

    /** The sentence on the side of who did it, and from there a line to the other side. */
    private void arrow(Step step) {
      var act = step.closedByBoth() ? Act.CLOSE : step.act();
      boolean crosses = act != Act.CLOSE || timeline.isConnection(step.conversation());
      var arrow = Arrow.of(crosses ? act : Act.TIMEOUT, ascii);
      var words = Words.of(timeline, step) + (step.length() > 0 ? ":" : "");
      var all = wrap(writable(words), columns - 8);
      var last = all.removeLast();
      if (step.closedByBoth()) {
        var half =
            spread(arrow.left(), arrow.line(), " ", (columns - Symbol.columns(last) - 1) / 2);
        lines.add(spread(half + last + " ", arrow.line(), arrow.right()));
      } else if (step.from() == Side.CLIENT) {
        lines.addAll(all);
        lines.add(spread(last + " ", arrow.line(), arrow.right()));
      } else {
        for (var line : all) lines.add(right(line));
        lines.add(spread(arrow.left(), arrow.line(), " " + last));
      }
    }

    private void data(Step step) {
      var rows =
          Rows.of(
              step,
              symbol -> symbol.writable(encoder),
              Symbol::columns,
              columns - 2 * INDENT.length(),
              mostRows);
      var block = rows.stream().map(this::text).toList();
      int widest = block.stream().mapToInt(Symbol::columns).max().orElse(0);
      int indent =
          step.from() == Side.CLIENT ? INDENT.length() : columns - INDENT.length() - widest;
      for (var line : block) lines.add(" ".repeat(indent) + line);
    }

    private String text(Rows.Row row) {
      return row.leftOut() > 0 ? writable(Words.leftOut(row.leftOut())) : row.text();
    }

    private void mark(String text) {
      var sign = ascii ? "^^ " : "▲ ";
      for (var line : wrap(writable(text), columns - INDENT.length() - sign.length())) {
        lines.add(INDENT + sign + line);
        sign = " ".repeat(sign.length());
      }
    }

    private String writable(String text) {
      return Symbol.writable(text, encoder);
    }

    /** Left, right, and between them as much of the pattern as fits. */
    private String spread(String left, String pattern, String right) {
      return spread(left, pattern, right, columns);
    }

    private String spread(String left, String pattern, String right, int columns) {
      int gap = columns - Symbol.columns(left) - Symbol.columns(right);
      return left + pattern.repeat(gap / pattern.length() + 1).substring(0, gap) + right;
    }

    private String right(String text) {
      return " ".repeat(columns - Symbol.columns(text)) + text;
    }

    private String centered(String text) {
      return " ".repeat((columns - Symbol.columns(text)) / 2) + text;
    }
  }

  private static String cut(String text, int columns) {
    return Symbol.columns(text) <= columns ? text : wrap(text, columns).getFirst();
  }

  /** Lines broken at spaces; a word that is longer than a line is cut. */
  static List<String> wrap(String text, int columns) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (var word : text.split(" ")) {
      if (!line.isEmpty() && Symbol.columns(line + " " + word) > columns) {
        lines.add(line.toString());
        line.setLength(0);
      }
      if (!line.isEmpty()) line.append(' ');
      for (int c : word.codePoints().toArray()) {
        if (Symbol.columns(line + Character.toString(c)) > columns) {
          lines.add(line.toString());
          line.setLength(0);
        }
        line.appendCodePoint(c);
      }
    }
    lines.add(line.toString());
    return lines;
  }
}
