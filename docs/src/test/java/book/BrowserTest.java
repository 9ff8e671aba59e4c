package book;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real browser, as narrow as a phone, loads every page: nothing runs over the edge, no script
 * fails.
 */
class BrowserTest {
  /** Put into every page: it measures itself and tells the page around it. */
  private static final String PROBE =
      """
      <script>
      const errors = [];
      addEventListener("error", (event) => errors.push(event.message ?? "not loaded: " + event.target.src), true);
      addEventListener("load", () => {
        document.querySelectorAll("details").forEach((each) => (each.open = true));
        const wide = document.documentElement.scrollWidth - innerWidth;
        if (wide > 0) {
          const widest = [...document.querySelectorAll("main *")]
            .find((each) => each.getBoundingClientRect().right > innerWidth && !each.closest("pre, .scroll, table"));
          errors.push(`${wide} pixels too wide: ${widest?.outerHTML.slice(0, 80)}`);
        }
        parent.postMessage(location.pathname.replace(/.*\\//, "") + ": " + (errors.join("; ") || "fine"), "*");
      });
      </script>
      """;

  @TempDir private Path folder;

  @Tag("all") // the book once more, and a browser
  @Test
  void everyPageFitsAPhone() throws IOException, InterruptedException {
    var chromium = onPath("chromium", "chromium-browser", "google-chrome");
    assumeTrue(chromium.isPresent(), "skipped: no chromium");
    var repo = Repo.around(Path.of(""));
    var book = folder.resolve("book");
    BookBuilder.build(repo, book);
    var pages = Repo.files(book, "*.html");
    var frames = new StringBuilder();
    for (var page : pages) {
      Files.writeString(page, Files.readString(page).replace("<head>", "<head>" + PROBE));
      frames.append(
          "<iframe width=390 height=800 src=\"%s\"></iframe>".formatted(page.getFileName()));
    }
    var around = book.resolve("around.html");
    Files.writeString(
        around,
        """
        <!doctype html><script>
        addEventListener("message", (event) => {
          const line = document.body.appendChild(document.createElement("p"));
          line.textContent = event.data;
        });
        </script><body>
        """
            + frames);
    var found = Jsoup.parse(dump(chromium.get(), around)).select("p").eachText();
    assertThat(found)
        .containsExactlyInAnyOrderElementsOf(
            pages.stream().map(page -> page.getFileName() + ": fine").toList());
  }

  private String dump(Path chromium, Path page) throws IOException, InterruptedException {
    var output = folder.resolve("dump.html");
    var browser =
        new ProcessBuilder(
                List.of(
                    chromium.toString(),
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--user-data-dir=" + folder.resolve("profile"),
                    "--virtual-time-budget=10000",
                    "--dump-dom",
                    page.toUri().toString()))
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(browser.waitFor(java.time.Duration.ofSeconds(60))).isTrue();
      return Files.readString(output, UTF_8);
    } finally {
      browser.descendants().forEach(ProcessHandle::destroyForcibly);
      browser.destroyForcibly().waitFor();
    }
  }

  private static Optional<Path> onPath(String... names) {
    return Arrays.stream(names)
        .flatMap(name ->
            Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
