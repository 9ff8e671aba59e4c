package book;

import java.util.regex.Pattern;
import org.jsoup.nodes.TextNode;

/** Code that AsciiDoc took for something else and changed without a word. */
final class Quoting {
  private static final Pattern INDEX_TERM = Pattern.compile("`[^`+]*\\(\\([^`]*`");

  private Quoting() {}

  static void check(Page page, Problems problems) {
    var source = page.source();
    boolean listing = false;
    for (int i = 0; i < source.lines().size(); i++) {
      var line = source.lines().get(i);
      if (line.matches("-{4,}|\\.{4,}")) listing = !listing;
      if (!listing && INDEX_TERM.matcher(line).find()) {
        problems.add(source.name(), i + 1, "(( is an index term to AsciiDoc: write `+((…))+`");
      }
    }
    page.body().nodeStream(TextNode.class).forEach(text -> checkText(page, text, problems));
  }

  private static void checkText(Page page, TextNode text, Problems problems) {
    if (!text.getWholeText().contains("`") || text.parentElement().closest("pre, code") != null) {
      return;
    }
    var around = text.getWholeText().replaceAll("(?s).*?(`\\w*).*", "$1");
    var source = page.source();
    problems.add(source.name(), source.lineOf(around), "a backtick is left in the text: " + around);
  }
}
