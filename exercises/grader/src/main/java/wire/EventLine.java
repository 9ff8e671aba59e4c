package wire;

import grader.Bytes;
import java.nio.charset.Charset;

/**
 * An event as one line of a terminal: seconds since the tap opened, conversation, who did what, and
 * as many of the bytes as there is room for.
 *
 * @param columns of the terminal
 * @param charset which characters it has
 */
record EventLine(int columns, Charset charset) {
  /** Any longer and it would crowd out the bytes. */
  private static final String FORMAT = "%9.3f %3d  %-6s ";

  String of(Event event) {
    double seconds = event.nanos() / 1e9;
    var who = event.from() == Side.CLIENT ? "client" : "server";
    var head = FORMAT.formatted(seconds, event.conversation(), who);
    if (!event.act().hasBytes()) return head + words(event.act());
    var arrow = event.act() == Act.DROP ? "×" : event.from() == Side.CLIENT ? "→" : "←";
    var line = head + arrow + " %6d ".formatted(event.length()) + words(event.act());
    return cut(writable(line + safe(Bytes.visible(event.bytes()))), event.cut());
  }

  private static String words(Act act) {
    return switch (act) {
      case CONNECT -> "connects";
      case ACCEPT -> "accepts";
      case REFUSED -> "refuses";
      case TIMEOUT -> "does not answer";
      case HOLD -> "is held";
      case RELEASE -> "is released";
      case HALF_CLOSE -> "sends no more (FIN)";
      case CLOSE -> "sends no more either (FIN)";
      case RESET -> "resets (RST)";
      case DATA -> "";
      case DROP -> "(dropped) ";
      case DUPLICATE -> "(again) ";
      case REORDER -> "(late) ";
    };
  }

  /** Whatever else a terminal might obey or hide becomes its code point. */
  private static String safe(String text) {
    var safe = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          if (RecordingText.visible(c)) {
            safe.appendCodePoint(c);
          } else {
            safe.append(code(c));
          }
        });
    return safe.toString();
  }

  private String writable(String text) {
    var encoder = charset.newEncoder();
    if (encoder.canEncode(text)) return text;
    var written = new StringBuilder();
    text.codePoints()
        .mapToObj(c -> encoder.canEncode(Character.toString(c)) ? Character.toString(c) : ascii(c))
        .forEach(written::append);
    return written.toString();
  }

  private static String ascii(int c) {
    return switch (c) {
      case '→' -> "->";
      case '←' -> "<-";
      case '×' -> "x";
      case '…' -> "...";
      case '␍' -> "\\r";
      case '␊' -> "\\n";
      case '␉' -> "\\t";
      default -> c >= 0x2400 && c < 0x2420 ? "\\x%02x".formatted(c - 0x2400) : code(c);
    };
  }

  private static String code(int c) {
    return c < 0x10000 ? "\\u%04x".formatted(c) : "\\u{%x}".formatted(c);
  }

  /** At most so many columns; three dots say that there is more. */
  private String cut(String line, boolean more) {
    if (!more && width(line) <= columns) return line;
    var dots = writable("…");
    int room = columns - dots.length();
    var kept = new StringBuilder();
    for (int at = 0, used = 0; at < line.length(); ) {
      int c = line.codePointAt(at);
      used += width(c);
      if (used > room) break;
      kept.appendCodePoint(c);
      at += Character.charCount(c);
    }
    return kept + dots;
  }

  private static int width(String text) {
    return text.codePoints().map(EventLine::width).sum();
  }

  /**
   * Two columns are wide: the scripts of East Asia, and emoji. Marks stand on what is before them.
   */
  private static int width(int c) {
    if (Character.getType(c) == Character.NON_SPACING_MARK) return 0;
    boolean wide =
        c >= 0x1100 && c <= 0x115f
            || c >= 0x2e80 && c <= 0xd7a3
            || c >= 0xf900 && c <= 0xfaff
            || c >= 0xfe30 && c <= 0xfe6f
            || c >= 0xff00 && c <= 0xff60
            || Character.isEmojiPresentation(c)
            || c >= 0x20000;
    return wide ? 2 : 1;
  }
}
