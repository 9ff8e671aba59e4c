package book;

import java.util.List;
import org.asciidoctor.ast.Document;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/**
 * One page of the book before its frame is put around it.
 *
 * @param title HTML, since a title may hold code
 * @param id of the title, for references from other pages
 */
record Page(Source source, String id, String title, Element body) {
  static Page of(Source source, Document document) {
    var body = Jsoup.parseBodyFragment(document.convert()).body();
    body.ownerDocument().outputSettings().prettyPrint(false);
    var id = document.getId() == null ? "top" : document.getId();
    return new Page(source, id, document.getDoctitle(), body);
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
