package grader;

import java.awt.Desktop;
import java.io.IOException;
import java.nio.file.Files;

/** A chapter of the book, as a page. */
final class Chapter {
  private Chapter() {}

  /** Opens it in the browser. Returns what became of it, for the learner. */
  static String open(int chapter, Workbook workbook) {
    var folder = workbook.root().resolve("docs/target/book");
    if (!Files.isDirectory(folder)) {
      return "The book is not built yet. In another terminal: ./jbang book --open";
    }
    try (var pages = Files.newDirectoryStream(folder, "%02d-*.html".formatted(chapter))) {
      for (var page : pages) {
        var address = page.toUri();
        try {
          Desktop.getDesktop().browse(address);
          return "Opened " + address;
        } catch (UnsupportedOperationException noDesktop) {
          return "No browser can be opened from here. The chapter is " + address;
        }
      }
      return "The book has no chapter %d. Build it again: ./jbang book".formatted(chapter);
    } catch (IOException failed) {
      return "The chapter cannot be opened: " + failed.getMessage();
    }
  }
}
