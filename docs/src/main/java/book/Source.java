package book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One AsciiDoc file that becomes one page.
 *
 * @param name as messages show it
 * @param page the name of the page, without {@code .html}
 * @param label what stands above its title: {@code Chapter 1}, {@code Appendix A}, or nothing
 * @param number of the chapter; 0 for other pages
 */
record Source(Path file, String name, String page, String label, int number, List<String> lines) {
  private static final Pattern CHAPTER = Pattern.compile("(\\d\\d)-[a-z0-9-]+");
  private static final Pattern APPENDIX = Pattern.compile(":appendix: ([A-Z])");

  static Source read(Path file, String name) throws IOException {
    var page = file.getFileName().toString().replaceFirst("\\.adoc$", "");
    var lines = Files.readAllLines(file);
    var chapter = CHAPTER.matcher(page);
    if (chapter.matches()) {
      int number = Integer.parseInt(chapter.group(1));
      return new Source(file, name, page, "Chapter " + number, number, lines);
    }
    var appendix = lines.stream().map(APPENDIX::matcher).filter(m -> m.matches()).findFirst();
    if (appendix.isEmpty() && !page.equals("index")) {
      throw new BookError(name + ": neither NN-name.adoc nor index.adoc, and no :appendix: LETTER");
    }
    var label = appendix.map(m -> "Appendix " + m.group(1)).orElse("");
    return new Source(file, name, page, label, 0, lines);
  }

  /** The title page first, then chapters by number, then appendices by letter. */
  String order() {
    return number > 0 ? "1 " + page : label.isEmpty() ? "0" : "2 " + label;
  }

  boolean isTitlePage() {
    return page.equals("index");
  }

  /** The first line that contains {@code text}; 0 if none does. */
  int lineOf(String text) {
    for (int i = 0; i < lines.size(); i++) if (lines.get(i).contains(text)) return i + 1;
    return 0;
  }

  /** The value of an attribute that the file itself sets. */
  Optional<String> attribute(String key) {
    var start = ":" + key.toLowerCase(Locale.ROOT) + ":";
    return lines.stream()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .findFirst();
  }
}
