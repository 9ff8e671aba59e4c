package grader;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A long value cut to its beginning, its end, and the place that matters; it says how many bytes
 * are left out.
 */
final class Excerpt {
  private static final int WHOLE = 320; // characters; a value up to this long is shown as it is
  private static final int START = 60;
  private static final int BEFORE = 60;
  private static final int AFTER = 100;
  private static final int END = 30;
  private static final int GAP = 30; // left out only where it is longer

  // How Bytes.visible writes one byte that is no part of a character.
  private static final Pattern ONE_BYTE = Pattern.compile("\\\\x[0-9a-f]{2}");

  private Excerpt() {}

  /** Where two values differ first. */
  static int difference(String one, String other) {
    int at = 0;
    int end = Math.min(one.length(), other.length());
    while (at < end && one.charAt(at) == other.charAt(at)) at++;
    return at;
  }

  /**
   * @param place the index of the character that has to be seen
   */
  static String of(String text, int place) {
    if (text.length() <= WHOLE) return text;
    var shown = new StringBuilder();
    int at = 0;
    int[][] pieces = {
      {0, START}, {place - BEFORE, place + AFTER}, {text.length() - END, text.length()}
    };
    for (var piece : pieces) {
      int from = whole(text, Math.max(piece[0], at));
      int to = whole(text, Math.min(piece[1], text.length()));
      if (to <= at) continue;
      var left = text.substring(at, from);
      shown.append(left.length() > GAP ? leftOut(left) : left).append(text, from, to);
      at = to;
    }
    return shown.toString();
  }

  /** The same place or one shortly before it: no character and no byte in hexadecimal is split. */
  private static int whole(String text, int index) {
    for (int back = 1; back <= 3 && back <= index; back++) {
      boolean inByte = text.startsWith("\\x", index - back) && index - back + 4 <= text.length();
      if (inByte) return index - back;
    }
    boolean inCharacter = index < text.length() && Character.isLowSurrogate(text.charAt(index));
    return inCharacter ? index - 1 : index;
  }

  private static String leftOut(String text) {
    var oneEach = ONE_BYTE.matcher(text).replaceAll("?");
    long bytes = oneEach.codePoints().mapToLong(c -> isPicture(c) ? 1 : utf8Length(c)).sum();
    return " … %,d bytes … ".formatted(bytes);
  }

  private static boolean isPicture(int c) {
    return c >= 0x2400 && c <= 0x2421;
  }

  private static int utf8Length(int c) {
    return Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
  }
}
