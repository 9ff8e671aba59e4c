package book;

import java.util.List;
import java.util.stream.Collectors;

/** The frame around a page: its head, the navigation, the way to the pages beside it. */
final class Layout {
  private static final String BOOK = "Sockets by Hand";

  private record Part(String title, int firstChapter) {}

  private static final List<Part> PARTS =
      List.of(
          new Part("I. One conversation at a time", 1),
          new Part("II. Other sockets", 9),
          new Part("III. Many conversations", 12),
          new Part("IV. Protocols and frameworks", 20));

  private Layout() {}

  static String html(Page page, List<Page> pages) {
    var source = page.source();
    var title = source.isTitlePage() ? BOOK : page.plainTitle() + " · " + BOOK;
    var label = source.label().isEmpty() ? "" : "<p class=\"label\">" + source.label() + "</p>\n";
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>%s</title>
    <link rel="stylesheet" href="book.css">
    <link rel="stylesheet" href="timeline.css">
    <script src="book.js"></script>
    <script src="timeline.js"></script>
    </head>
    <body class="%s">
    <a class="skip" href="#content">Skip to the text</a>
    <header class="top">
    <a href="index.html">%s</a>
    <details class="menu"><summary>Contents</summary><nav aria-label="Contents">
    %s</nav></details>
    <button type="button" class="colors" hidden></button>
    </header>
    <div class="frame">
    <nav class="side" aria-label="Contents">
    %s</nav>
    <main id="content" tabindex="-1">
    <article>
    <header>%s<h1 id="%s">%s</h1></header>
    %s
    </article>
    %s</main>
    </div>
    </body>
    </html>
    """
        .formatted(
            Macro.escape(title),
            source.isTitlePage() ? "title-page" : "chapter",
            BOOK,
            contents(page, pages),
            contents(page, pages),
            label,
            page.id(),
            page.title(),
            page.body().html(),
            turns(pages, pages.indexOf(page)));
  }

  private static String contents(Page current, List<Page> pages) {
    var html = new StringBuilder();
    for (int i = 0; i < PARTS.size(); i++) {
      int from = PARTS.get(i).firstChapter;
      int to = i + 1 < PARTS.size() ? PARTS.get(i + 1).firstChapter : 100;
      var chapters =
          pages.stream()
              .filter(page -> page.source().number() >= from && page.source().number() < to)
              .toList();
      html.append(group(PARTS.get(i).title, current, chapters));
    }
    var appendices =
        pages.stream().filter(page -> page.source().label().startsWith("Appendix")).toList();
    return html.append(group("Appendices", current, appendices)).toString();
  }

  private static String group(String title, Page current, List<Page> pages) {
    if (pages.isEmpty()) return "";
    return pages.stream()
        .map(page -> entry(page, page == current))
        .collect(Collectors.joining("", "<p>" + title + "</p>\n<ul>\n", "</ul>\n"));
  }

  private static String entry(Page page, boolean current) {
    var source = page.source();
    var mark = source.number() > 0 ? source.number() + "" : source.label().replaceAll("\\w+ ", "");
    var sections = "";
    if (current && !page.sections().isEmpty()) {
      sections =
          page.sections().stream()
              .map(h ->
                  "<li><a href=\"#%s\">%s</a></li>\n".formatted(h.id(), Macro.escape(h.text())))
              .collect(Collectors.joining("", "\n<ul>\n", "</ul>\n"));
    }
    return "<li><a href=\"%s\"%s><span>%s</span> %s</a>%s</li>\n"
        .formatted(
            page.fileName(),
            current ? " aria-current=\"page\"" : "",
            mark,
            Macro.escape(page.plainTitle()),
            sections);
  }

  private static String turns(List<Page> pages, int at) {
    var previous = at > 0 ? turn("prev", "Previous", pages.get(at - 1)) : "";
    var next = at + 1 < pages.size() ? turn("next", "Next", pages.get(at + 1)) : "";
    if (previous.isEmpty() && next.isEmpty()) return "";
    return "<nav class=\"pages\" aria-label=\"Previous and next\">\n%s%s</nav>\n"
        .formatted(previous, next);
  }

  private static String turn(String relation, String word, Page page) {
    return "<a rel=\"%s\" href=\"%s\"><small>%s</small> %s</a>\n"
        .formatted(relation, page.fileName(), word, Macro.escape(page.plainTitle()));
  }
}
