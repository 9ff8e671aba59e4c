package book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** Follows every reference from page to page, and every file that a page loads. */
final class Links {
  private static final Pattern REMOTE = Pattern.compile("(https?:)?//.*");

  private Links() {}

  /** Points {@code <<id>>} to the page that has the id, wherever in the book that is. */
  static void resolve(List<Page> pages, Problems problems) {
    var owners = new HashMap<String, Page>();
    var files = new HashSet<String>();
    for (var page : pages) {
      files.add(page.fileName());
      var seen = new HashSet<String>();
      seen.add(page.id());
      owners.putIfAbsent(page.id(), page);
      for (var element : page.body().select("[id]")) {
        if (!seen.add(element.id())) {
          report(page, "#" + element.id(), "id used twice: " + element.id(), problems);
        }
        owners.putIfAbsent(element.id(), page);
      }
      seen.forEach(id -> clash(owners.get(id), page, id, problems));
    }
    for (var page : pages) {
      for (var link : page.body().select("a[href]")) {
        follow(page, link, owners, files, problems);
      }
    }
  }

  /**
   * An id that the author chose must be the only one in the book; one made from a heading need not.
   */
  private static void clash(Page owner, Page page, String id, Problems problems) {
    if (owner != page && page.id().equals(id) && owner.id().equals(id) && !id.equals("top")) {
      report(page, id, "id used already in %s: %s".formatted(owner.source().name(), id), problems);
    }
  }

  private static void follow(
      Page page, Element link, Map<String, Page> owners, HashSet<String> files, Problems problems) {
    var href = link.attr("href");
    if (href.matches("(https?|mailto):.*")) return;
    var fileName = href.replaceFirst("#.*", "");
    var id = href.contains("#") ? href.substring(href.indexOf('#') + 1) : "";
    if (!fileName.isEmpty()) {
      if (!files.contains(fileName)) {
        report(page, href, "link to no page of the book: " + href, problems);
      }
      return;
    }
    if (page.id().equals(id) || page.body().getElementById(id) != null) return;
    var owner = owners.get(id);
    if (owner == null) {
      report(page, "<<" + id, "reference to no id of the book: " + id, problems);
      return;
    }
    link.attr("href", owner.fileName() + (owner.id().equals(id) ? "" : "#" + id));
    if (link.text().equals("[" + id + "]")) link.html(name(owner, id));
  }

  /** What a reference without a text of its own says. */
  private static String name(Page owner, String id) {
    var target = owner.body().getElementById(id);
    return target == null ? owner.title() : target.text();
  }

  /** The book needs no network, and nothing that is not beside it. */
  static void checkAssets(Source source, String html, Path output, Problems problems)
      throws IOException {
    for (var element : Jsoup.parse(html).select("[src], link[href], [data], [srcset], [poster]")) {
      for (var key : List.of("src", "href", "data", "srcset", "poster")) {
        var asset = element.attr(key);
        if (asset.isEmpty()) continue;
        if (REMOTE.matcher(asset).matches()) {
          problems.add(source.name(), source.lineOf(asset), "loads from the network: " + asset);
        } else if (!Files.exists(output.resolve(asset))) {
          problems.add(source.name(), source.lineOf(asset), "file missing: " + asset);
        }
      }
    }
  }

  private static void report(Page page, String text, String message, Problems problems) {
    problems.add(page.source().name(), page.source().lineOf(text), message);
  }
}
