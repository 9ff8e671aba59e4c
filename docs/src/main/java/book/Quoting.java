package book;

import java.util.regex.Pattern;
import org.jsoup.nodes.TextNode;

/** What AsciiDoc took for something else than its author meant, without a word. */
final class Quoting {
  private static final Pattern INDEX_TERM = Pattern.compile("`[^`+]*\\(\\([^`]*`");

  private static final Pattern LEFT = Pattern.compile("`\\w*|\\w+::\\S*\\[.*]");

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
    var whole = text.getWholeText();
    if (!whole.contains("`") && !whole.contains("::")) return;
    var source = page.source();
    var left = LEFT.matcher(whole);
    if (left.find() && text.parentElement().closest("pre, code") == null) {
      var message =
          left.group().startsWith("`") ? "a backtick is left in the text: " : "unknown macro: ";
      problems.add(source.name(), source.lineOf(left.group()), message + left.group());
    }
  }
}
