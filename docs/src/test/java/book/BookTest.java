package book;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BookTest {
  @TempDir private Path folder;

  @Test
  void theBookHasNoProblem() throws IOException {
    var repo = Repo.around(Path.of(""));
    assertThat(BookBuilder.build(repo, repo.root().resolve("docs/target/book"))).isEmpty();
  }

  @Tag("all") // two books, each with two Asciidoctors
  @Test
  void oneOfEverythingIsNoProblemAndComesOutTheSameTwice() throws IOException {
    var workbook = Workbook.sound(folder.resolve("workbook"));
    assertThat(workbook.build(folder.resolve("first"))).isEmpty();
    assertThat(workbook.build(folder.resolve("second"))).isEmpty();
    assertThat(contents(folder.resolve("first"))).isEqualTo(contents(folder.resolve("second")));

    showsTheChapter(page("01-hello"));
    assertThat(page("index").select("nav.side a").eachText())
        .containsExactly("1 Hello", "A Python to Java");
  }

  @Test
  void theScriptNamesEverySourceThatItNeeds() throws IOException {
    var repo = Repo.around(Path.of(""));
    var folder = repo.root().resolve("docs/src/main/java/book");
    var scripts = List.of("Book.java", "Format.java");
    var others =
        Repo.files(folder, "*.java").stream()
            .map(file -> file.getFileName().toString())
            .filter(name -> !scripts.contains(name))
            .map("//SOURCES "::concat)
            .toList();
    assertThat(Files.readAllLines(folder.resolve("Book.java")))
        .filteredOn(line -> line.startsWith("//SOURCES") && !line.contains("exercises/grader"))
        .containsExactlyInAnyOrderElementsOf(others);
  }

  private void showsTheChapter(Document chapter) {
    assertThat(chapter.select("pre .conum").eachAttr("data-value")).containsExactly("1", "2");
    assertThat(chapter.select("pre.rouge .nf").eachText()).contains("main");
    assertThat(chapter.select(".session kbd").eachText())
        .containsExactly("./jbang 01", "curl -sS localhost", "text", "Ctrl-D", "Ctrl-C");
    assertThat(chapter.select(".session .line").eachText())
        .contains("$ curl -sS localhost", "<h1>", "[exit code 7]");
    assertThat(chapter.select(".session .edit ins").eachText()).containsExactly("<hi>");
    assertThat(chapter.select(".timeline svg > title").eachText())
        .containsExactly("Hello, ports & <pipes>.");
    assertThat(chapter.select(".timeline svg > desc").text()).contains("client sends 2 bytes");
    assertThat(chapter.select("figure:not(.timeline) svg[role=img] > title").eachText())
        .containsExactly("Queue");
    assertThat(chapter.select("figcaption .control").eachAttr("data-name")).containsExactly("CR");
    assertThat(chapter.select(".exercise .steps li").eachText())
        .containsExactly("replies 10 points");
    assertThat(chapter.select(".hints summary").eachText())
        .containsExactly("Hint: Nudge", "Hint: Concept", "Hint: Nearly the code");
    assertThat(chapter.select(".gallery summary span").eachText())
        .containsExactly("silence is an answer.");
    assertThat(chapter.select("article a[href]").eachAttr("href"))
        .contains("python.html", "python.html#table", "#code", "https://example.org/");
    assertThat(chapter.select("article a[href=python.html]").eachText())
        .containsExactly("Python to Java");
    assertThat(chapter.select("nav.pages a[rel]").eachAttr("href"))
        .containsExactly("index.html", "python.html");
    assertThat(chapter.select("nav.side a[aria-current=page] + ul a").eachText())
        .containsExactly("Code");
  }

  private Document page(String name) throws IOException {
    return Jsoup.parse(folder.resolve("first").resolve(name + ".html"));
  }

  private static Map<String, String> contents(Path folder) throws IOException {
    var contents = new TreeMap<String, String>();
    for (var file : Repo.files(folder, "*")) {
      contents.put(file.getFileName().toString(), Files.readString(file));
    }
    return contents;
  }
}
