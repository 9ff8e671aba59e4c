package grader;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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
    text.codePoints().forEach(c -> shown.append(visible(c)));
    return shown.toString();
  }

  private static String visible(int c) {
    if (c < 0x20) return Character.toString(0x2400 + c);
    if (c == 0x7f) return "␡";
    // Unicode has no pictures of these; some terminals obey them as they obey ESC.
    if (c >= 0x80 && c < 0xa0) return "\\u%04x".formatted(c);
    return Character.toString(c);
  }

  /**
   * How many bytes the UTF-8 character at this place has (RFC 3629, section 3); 0 if none starts
   * here.
   */
  private static int characterLength(byte[] bytes, int at) {
    int first = bytes[at] & 0xff;
    if (first < 0x80) return 1;
    int length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (at + length > bytes.length) return 0;
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, length));
      return length;
    } catch (CharacterCodingException none) {
      return 0;
    }
  }
}
