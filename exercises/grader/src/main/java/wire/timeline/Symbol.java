package wire.timeline;

import grader.Bytes;
import java.lang.Character.UnicodeScript;
import java.nio.charset.CharsetEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A character as it is shown, or a byte that is part of none.
 *
 * @param text a control character's picture, {@code \xNN}, or the character itself
 * @param bytes what it stands for
 */
record Symbol(String text, byte[] bytes) {
  private static final String[] CONTROLS =
      """
      NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI
      DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US\
      """
          .split("\\s");

  private static final Map<Integer, String> ASCII =
      Map.of(
          (int) '…', "...", (int) '–', "-", (int) '—', "-", (int) '−', "-", (int) '’', "'",
          (int) '“', "\"", (int) '”', "\"", (int) '␍', "\\r", (int) '␊', "\\n", (int) '␉', "\\t");

  static List<Symbol> of(byte[] bytes) {
    var symbols = new ArrayList<Symbol>();
    for (int at = 0; at < bytes.length; ) {
      int length = Math.min(lengthOf(bytes[at]), bytes.length - at);
      var character = Arrays.copyOfRange(bytes, at, at + length);
      var text = length > 1 || bytes[at] >= 0 ? Bytes.visible(character) : escaped(character);
      if (length > 1 && (text.startsWith("\\x") || !isClear(text.codePointAt(0)))) {
        character = Arrays.copyOf(character, 1);
        text = escaped(character);
      }
      symbols.add(new Symbol(text, character));
      at += character.length;
    }
    return symbols;
  }

  /** A name or a sentence of ours in which nothing hides, whatever it quotes. */
  static String visible(String text) {
    var visible = new StringBuilder();
    Bytes.visible(text)
        .codePoints()
        .mapToObj(c -> hides(c) ? "\\u%04x".formatted(c) : Character.toString(c))
        .forEach(visible::append);
    return visible.toString();
  }

  /** The same in ASCII where the charset has no such character. */
  static String writable(String text, CharsetEncoder encoder) {
    if (encoder.canEncode(text)) return text;
    var writable = new StringBuilder();
    text.codePoints().forEach(c -> writable.append(writable(c, encoder)));
    return writable.toString();
  }

  private static String writable(int c, CharsetEncoder encoder) {
    var text = Character.toString(c);
    if (encoder.canEncode(text)) return text;
    return ASCII.getOrDefault(c, "\\u%04x".formatted(c));
  }

  /** This symbol in ASCII where the charset has no such character. */
  Symbol writable(CharsetEncoder encoder) {
    if (encoder.canEncode(text)) return this;
    var ascii = ASCII.get(text.codePointAt(0));
    return new Symbol(isControl() && ascii != null ? ascii : escaped(bytes), bytes);
  }

  boolean isControl() {
    return bytes.length == 1 && (bytes[0] >= 0 && bytes[0] < 0x20 || bytes[0] == 0x7f);
  }

  boolean endsLine() {
    return bytes.length == 1 && bytes[0] == '\n';
  }

  /** A control character's name, such as CR. */
  String name() {
    return bytes[0] == 0x7f ? "DEL" : CONTROLS[bytes[0]];
  }

  /** A sentence with the names of control characters in place of their pictures. */
  static String named(String text) {
    var named = new StringBuilder();
    text.codePoints()
        .mapToObj(c ->
            c == 0x2421
                ? " DEL"
                : c >= 0x2400 && c < 0x2420 ? " " + CONTROLS[c - 0x2400] : Character.toString(c))
        .forEach(named::append);
    return named.toString().strip();
  }

  int columns() {
    return columns(text);
  }

  /** How wide text is in a font whose characters are all as wide, or twice: East Asia and emoji. */
  static int columns(String text) {
    return text.codePoints().map(c -> isWide(c) ? 2 : 1).sum();
  }

  private static boolean isWide(int c) {
    return switch (UnicodeScript.of(c)) {
      case HAN, HANGUL, HIRAGANA, KATAKANA, BOPOMOFO, YI -> true;
      default ->
          Character.isEmojiPresentation(c)
              || c >= 0x3000 && c < 0x3040
              || c >= 0xff01 && c < 0xff61;
    };
  }

  /** Whether it can be told from all others, from a control character's picture too. */
  private static boolean isClear(int c) {
    return !hides(c) && (c < 0x2400 || c > 0x2421);
  }

  /** What a terminal obeys, what looks like a space, and what no font or XML file has. */
  private static boolean hides(int c) {
    return switch (Character.getType(c)) {
      case Character.SPACE_SEPARATOR -> c != ' ';
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static String escaped(byte[] bytes) {
    var escaped = new StringBuilder();
    for (byte each : bytes) escaped.append("\\x").append(HexFormat.of().toHexDigits(each));
    return escaped.toString();
  }

  /** As many bytes as a UTF-8 character that begins with this one has, if it is one. */
  private static int lengthOf(byte first) {
    return Math.clamp(Integer.numberOfLeadingZeros(~first << 24), 1, 4);
  }
}
