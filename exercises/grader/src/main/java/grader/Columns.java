package grader;

/** How wide text is on a terminal. */
final class Columns {
  private Columns() {}

  static int of(CharSequence text) {
    return text.codePoints().map(Columns::of).sum();
  }

  /** How many chars at the start of the text fit into so many columns; at least one character. */
  static int fitting(String text, int columns) {
    int at = 0;
    int used = 0;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      used += of(c);
      if (used > columns && at > 0) break;
      at += Character.charCount(c);
    }
    return at;
  }

  /**
   * Wide are the scripts of East Asia and the emoji (Unicode Standard Annex 11); marks have no
   * width of their own.
   */
  private static int of(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(c) ? 2 : 1;
    };
  }

  private static boolean isWide(int c) {
    return c >= 0x1100 && c <= 0x115f
        || c >= 0x2e80 && c <= 0xa4cf && c != 0x303f
        || c >= 0xac00 && c <= 0xd7a3
        || c >= 0xf900 && c <= 0xfaff
        || c >= 0xfe30 && c <= 0xfe6f
        || c >= 0xff00 && c <= 0xff60
        || c >= 0xffe0 && c <= 0xffe6
        || Character.isEmojiPresentation(c)
        || c >= 0x20000 && c <= 0x3fffd;
  }
}
