package grader;

import java.nio.charset.StandardCharsets;

/** Bytes as text that hides nothing. */
public final class Bytes {
  private Bytes() {}

  /**
   * UTF-8 text with every control character shown: CR as ␍, LF as ␊, ESC as ␛. A byte that is no
   * part of a character becomes {@code \xNN}.
   */
  public static String visible(byte[] bytes) {
    var shown = new StringBuilder();
    for (int at = 0; at < bytes.length; ) {
      int length = characterLength(bytes, at);
      if (length == 0) {
        shown.append("\\x%02x".formatted(bytes[at++]));
      } else {
        shown.append(visible(new String(bytes, at, length, StandardCharsets.UTF_8)));
        at += length;
      }
    }
    return shown.toString();
  }

  /** The same for text: control characters become their pictures (Unicode block U+2400). */
  public static String visible(String text) {
    var shown = new StringBuilder();
    text.codePoints()
        .map(c -> c < 0x20 ? 0x2400 + c : c == 0x7f ? 0x2421 : c)
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }

  /**
   * How many bytes the UTF-8 character at this place has (RFC 3629, section 3); 0 if none starts
   * here.
   */
  private static int characterLength(byte[] bytes, int at) {
    int first = bytes[at] & 0xff;
    int length =
        first < 0x80
            ? 1
            : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (length == 0 || at + length > bytes.length) return 0;
    boolean valid = new String(bytes, at, length, StandardCharsets.UTF_8).indexOf('\ufffd') < 0;
    return valid ? length : 0;
  }
}
