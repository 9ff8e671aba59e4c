package grader;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What our lines are fitted to.
 *
 * @param color whether escape sequences may be written
 * @param drawings whether lines may draw: a screen reader, say, wants words
 * @param charset which characters can be
 * @param columns how wide a line may be
 */
record Terminal(boolean color, boolean drawings, Charset charset, int columns) {
  static final int COLUMNS =
      80; // where nothing else is known, and at the most: wider is harder to read
  private static final int LEAST_COLUMNS = 40;

  /**
   * How a piece of text stands out. It never carries a meaning that the words do not. Colors are
   * for signs and bars: as text, the green of many a terminal can't be read on white, nor its red
   * on black.
   */
  enum Style {
    BOLD(1),
    RED(31),
    GREEN(32);

    private final int code;

    Style(int code) {
      this.code = code;
    }
  }

  /** The one that this program writes to. */
  static Terminal here() {
    boolean terminal = System.console() != null && System.console().isTerminal();
    var here = of(terminal, System.getenv(), System.out.charset());
    return terminal ? here.columns(width()) : here;
  }

  /** Of this window, as stty says. To ask JLine takes as long as a whole verdict. */
  private static int width() {
    try {
      var stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(Redirect.INHERIT)
              .redirectError(Redirect.DISCARD)
              .start();
      var rowsAndColumns = new String(stty.getInputStream().readAllBytes(), US_ASCII).strip();
      int columns = Integer.parseInt(rowsAndColumns.replaceFirst(".* ", ""));
      return columns > 0 ? columns : COLUMNS;
    } catch (IOException | NumberFormatException noStty) {
      return COLUMNS;
    }
  }

  Terminal(boolean color, Charset charset) {
    this(color, true, charset, COLUMNS);
  }

  /** The same, so wide. */
  Terminal columns(int width) {
    return new Terminal(color, drawings, charset, Math.clamp(width, LEAST_COLUMNS, COLUMNS));
  }

  /**
   * For NO_COLOR see no-color.org: a variable that is set and not empty. A dumb terminal shows
   * lines and nothing else; screen readers and editors ask for it.
   */
  static Terminal of(boolean terminal, Map<String, String> environment, Charset charset) {
    boolean dumb = "dumb".equals(environment.get("TERM"));
    boolean wanted = environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(terminal && wanted && !dumb, !dumb, charset, COLUMNS);
  }

  String style(Style style, String text) {
    return color && !text.isEmpty() ? "\033[" + style.code + "m" + text + "\033[0m" : text;
  }

  /** The same line with its first character in color: the sign that it begins with. */
  String signed(Style style, String line) {
    int end = line.offsetByCodePoints(0, 1);
    return style(style, line.substring(0, end)) + line.substring(end);
  }

  /**
   * The text in characters that the charset has; others become ASCII that says the same. Without
   * drawings our signs become words, and pictures of control characters escapes.
   */
  String writable(String text) {
    var encoder = charset.newEncoder();
    if (!drawings) return spoken(text, encoder);
    if (encoder.canEncode(text)) return text;
    var written = new StringBuilder();
    text.codePoints().forEach(c -> written.append(writable(c, encoder)));
    return written.toString();
  }

  private static String spoken(String text, CharsetEncoder encoder) {
    var ascii = US_ASCII.newEncoder();
    var spoken = new StringBuilder();
    for (int c : text.codePoints().toArray()) {
      spoken.append(
          switch (c) {
            case '✓' -> "passed:";
            case '✗' -> "failed:";
            default -> writable(c, c >= 0x2400 && c <= 0x2421 || c == '–' ? ascii : encoder);
          });
    }
    return spoken.toString();
  }

  private static String writable(int c, CharsetEncoder encoder) {
    var text = Character.toString(c);
    if (encoder.canEncode(text)) return text;
    return switch (c) {
      case '✓' -> "+";
      case '✗' -> "x";
      case '–', '—' -> "-";
      case '…' -> "...";
      case '█' -> "#";
      case '·' -> ".";
      case '␍' -> "\\r";
      case '␊' -> "\\n";
      case '␉' -> "\\t";
      case '␀' -> "\\0";
      case '␡' -> "\\x7f";
      default -> {
        if (c >= 0x2400 && c <= 0x2420) yield "\\x%02x".formatted(c - 0x2400);
        yield c < 0x10000 ? "\\u%04x".formatted(c) : "\\u{%x}".formatted(c);
      }
    };
  }

  /** Lines that fit, broken at spaces; a word that is longer than a line is cut. */
  List<String> wrap(String text, String firstIndent, String indent) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder(firstIndent);
    boolean empty = true;
    for (var word : writable(text).split(" ", -1)) {
      var rest = word;
      if (!empty && Columns.of(line) + 1 + Columns.of(word) > columns) {
        lines.add(line.toString());
        line = new StringBuilder(indent);
        empty = true;
      }
      if (!empty) line.append(' ');
      while (Columns.of(line) + Columns.of(rest) > columns) {
        int cut = Columns.fitting(rest, columns - Columns.of(line));
        lines.add(line + rest.substring(0, cut));
        rest = rest.substring(cut);
        line = new StringBuilder(indent);
      }
      line.append(rest);
      empty = false;
    }
    lines.add(line.toString());
    return lines;
  }

  /** One line with something at its right end; more where the left side is long. */
  List<String> sides(String left, String right) {
    var room = new Terminal(color, drawings, charset, columns - Columns.of(right) - 2);
    var first = room.wrap(left, "", "").getFirst();
    var lines = new ArrayList<>(List.of(first));
    var rest = writable(left).substring(first.length()).strip();
    if (!rest.isEmpty()) lines.addAll(wrap(rest, "  ", "  "));
    int gap = columns - Columns.of(lines.getFirst()) - Columns.of(right);
    lines.set(0, lines.getFirst() + " ".repeat(gap) + right);
    return lines;
  }

  /** One line of at most so many columns; what is too much is cut off, and three dots say so. */
  String cut(String text, int columns) {
    var line = writable(text);
    if (Columns.of(line) <= columns) return line;
    var dots = writable("…");
    return line.substring(0, Columns.fitting(line, columns - Columns.of(dots))) + dots;
  }
}
