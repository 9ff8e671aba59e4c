package wire.timeline;

import java.util.Locale;

/** SVG elements, in the order in which they are drawn. */
final class Pen {
  private final StringBuilder drawn = new StringBuilder();

  /** Draws what this one has drawn. */
  void draw(Pen other) {
    drawn.append(other.drawn);
  }

  /** One step of the story: what the player shows at once, and the sentence that it says. */
  void step(String sentence, Pen content) {
    drawn.append("<g class=\"step\" data-says=\"").append(escape(sentence)).append("\">");
    drawn.append(content.drawn).append("</g>");
  }

  void line(String kind, double x1, double y1, double x2, double y2) {
    drawn.append(
        "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>"
            .formatted(kind, number(x1), number(y1), number(x2), number(y2)));
  }

  void box(String kind, double x, double y, double width, double height, double radius) {
    drawn.append(
        "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\"/>"
            .formatted(kind, number(x), number(y), number(width), number(height), number(radius)));
  }

  /**
   * @param rest the path after its first point
   */
  void path(String kind, double x, double y, String rest) {
    drawn.append(
        "<path class=\"%s\" d=\"M%s %s %s\"/>".formatted(kind, number(x), number(y), rest));
  }

  /**
   * @param anchor which part of the text is at x: start, middle or end
   */
  void text(String kind, double x, double y, String anchor, String text) {
    drawn.append(
        "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
            .formatted(kind, number(x), number(y), anchor, escape(Symbol.named(text))));
  }

  /** Characters that take this room, whatever font the page has. */
  void bytes(double x, double y, double room, String text) {
    drawn.append(
        "<text class=\"bytes\" x=\"%s\" y=\"%s\" textLength=\"%s\">%s</text>"
            .formatted(number(x), number(y), number(room), escape(text.replace(' ', '\u00a0'))));
  }

  /** At most one place after the point; the same on every machine. */
  static String number(double value) {
    long tenths = Math.round(value * 10);
    if (tenths % 10 == 0) return Long.toString(tenths / 10);
    return String.format(Locale.ROOT, "%.1f", tenths / 10.0);
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  @Override
  public String toString() {
    return drawn.toString();
  }
}
