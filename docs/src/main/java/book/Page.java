package book;

import java.util.List;
import java.util.regex.Pattern;
import org.asciidoctor.ast.Document;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/**
 * One page of the book before its frame is put around it.
 *
 * @param title HTML, since a title may hold code
 * @param id of the title, for references from other pages
 */
record Page(Source source, String id, String title, Element body) {
  private static final Pattern CONTROL = Pattern.compile("[\u2400-\u241F]");

  private static final String[] CONTROLS =
      """
      NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI
      DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US\
      """
          .split("\\s");

  static Page of(Source source, Document document) {
    var body = Jsoup.parseBodyFragment(document.convert()).body();
    body.ownerDocument().outputSettings().prettyPrint(false);
    showControls(body);
    var id = document.getId() == null ? "top" : document.getId();
    return new Page(source, id, document.getDoctitle(), body);
  }

  /**
   * Few fonts have pictures for CR and LF, and those are hard to read: the theme writes their
   * names.
   */
  private static void showControls(Element body) {
    for (var text : body.nodeStream(TextNode.class).toList()) {
      var whole = text.getWholeText();
      if (!CONTROL.matcher(whole).find()) continue;
      text.before(CONTROL.matcher(Macro.escape(whole)).replaceAll(c -> control(c.group())));
      text.remove();
    }
  }

  private static String control(String picture) {
    var name = CONTROLS[picture.charAt(0) - '\u2400'];
    return "<span class=\"control\" data-name=\"%s\">%s</span>".formatted(name, picture);
  }

  String fileName() {
    return source.page() + ".html";
  }

  String plainTitle() {
    return Jsoup.parseBodyFragment(title).text();
  }

  /** The headings that the navigation lists under the page. */
  List<Element> sections() {
    return body.select("h2[id]");
  }
}
