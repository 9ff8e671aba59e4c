package wire.timeline;

/**
 * A timeline as a drawing for the book: two lifelines, what each side sends beside its own, and an
 * arrow for what crosses. Colors and fonts come from the page ({@code docs/theme/timeline.css}), so
 * it follows the theme; all it says is also in its title and description.
 *
 * @param name of the figure; begins every id, so that several fit on one page
 * @param title what it shows, in a few words
 */
public record SvgTimeline(String name, String title) {
  public SvgTimeline {
    if (!name.matches("[a-z0-9][a-z0-9-]*")) {
      throw new IllegalArgumentException("no name for an id: " + name);
    }
    title = Symbol.named(Symbol.visible(title));
  }

  /** The figure for an HTML page: the drawing, and below it a caption that is HTML already. */
  public String figure(Timeline timeline, String caption) {
    return """
    <figure class="drawing timeline" id="%s"><div class="scroll" tabindex="0" role="region" \
    aria-label="%s">%s</div><figcaption>%s</figcaption></figure>\
    """
        .formatted(id(), Pen.escape(title), svg(timeline), caption);
  }

  /** The drawing alone: one {@code svg} element on one line. */
  public String svg(Timeline timeline) {
    var drawing = Drawing.of(timeline);
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" role="img" \
    aria-labelledby="%s-title" aria-describedby="%s-desc"><title id="%s-title">%s</title>\
    <desc id="%s-desc">%s</desc>%s</svg>\
    """
        .formatted(
            Pen.number(Drawing.WIDTH),
            Pen.number(drawing.height()),
            id(),
            id(),
            id(),
            Pen.escape(title),
            id(),
            Pen.escape(drawing.story()),
            drawing.elements());
  }

  private String id() {
    return "timeline-" + name;
  }
}
