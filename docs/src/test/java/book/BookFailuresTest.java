package book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is wrong with a book is said, and where. {@link BookTest} shows that nothing else is.
 */
@Tag("all") // a book for each
class BookFailuresTest {
  /** A chapter with one thing wrong, and what the build says of it. */
  private record Broken(String what, String text, String problem) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static final String CODE =
      "[source,java%s]\n----\ninclude::{lessons}/L90.java[%s]\n----\n";

  static List<Broken> broken() {
    return List.of(
        new Broken("bad syntax", "[source]\n----\nnever closed", "4: unterminated listing block"),
        new Broken(
            "attribute", "A {missing} one.", "3: skipping reference to missing attribute: missing"),
        new Broken("tag", CODE.formatted("", "tag=b"), "5: lessons/L90.java has no tag b, only a"),
        new Broken("lesson", "include::{lessons}/L91.java[]", "3: no such file: lessons/L91.java"),
        new Broken("include", "include::other.adoc[]", "3: include file not found"),
        new Broken("section level", "== A\n\n==== B", "5: section title out of sequence"),
        new Broken(
            "callout text in no line",
            CODE.formatted(",callouts=\"x\"", "tag=a") + "<1> X.",
            "5: callout 1: no included lines contain: x"),
        new Broken(
            "callout text in two lines",
            CODE.formatted(",callouts=\"int\"", "tag=a") + "<1> X.",
            "5: callout 1: 2 included lines contain: int"),
        new Broken(
            "callout without a list",
            CODE.formatted(",callouts=\"one\"", "tag=a"),
            "5: 1 callouts in the code, 0 in the list below it"),
        new Broken(
            "list without a callout",
            CODE.formatted("", "tag=a") + "<1> X.",
            "7: no callout found for <1>"),
        new Broken("image", "image::gone.png[A picture]", "3: file missing: gone.png"),
        new Broken(
            "remote image",
            "image::https://example.org/a.png[A]",
            "3: loads from the network: https://example.org/a.png"),
        new Broken(
            "reference", "See <<nowhere,there>>.", "3: reference to no id of the book: nowhere"),
        new Broken(
            "link to a page", "link:gone.html[there]", "3: link to no page of the book: gone.html"),
        new Broken(
            "id used twice",
            "[#twice]\nA.\n\n[#twice]\nB.",
            "7: id assigned to block already in use: twice"),
        new Broken("session", "session::gone[]", "3: no such file: docs/sessions/gone.session"),
        new Broken(
            "broken session", "session::bad[]", "3: docs/sessions/bad.session:2: cannot read: x"),
        new Broken("timeline", "timeline::gone[]", "3: no such file: docs/sessions/gone.session"),
        new Broken(
            "timeline of nothing", "timeline::bad[]", "3: no such file: docs/sessions/bad.wire"),
        new Broken("figure", "figure::gone[]", "3: no such file: docs/figures/gone.svg"),
        new Broken(
            "figure nobody can hear",
            "figure::mute[]",
            "3: docs/figures/mute.svg lacks a <title> or a <desc>"),
        new Broken(
            "exercise",
            "exercise::9.9[]",
            "3: no class in exercises/checks has @Exercise(id = \"9.9\")"),
        new Broken("hints", "hints::9.9[]", "3: no such file: exercises/hints/9.9.adoc"),
        new Broken(
            "gallery", "gallery::9.9[]", "3: no rejected solutions in solutions/rejected/9.9"),
        new Broken(
            "gallery without belief",
            "gallery::9.8[]",
            "3: solutions/rejected/9.8/a/A.java:1: wanted // Believes: "),
        new Broken("unknown macro", "sesion::01[]", "3: unknown macro: sesion::01[]"),
        new Broken("index term", "`bind((a, b))`", "3: (( is an index term to AsciiDoc"),
        new Broken(
            "open quote", "The `Socket`'s end.", "3: a backtick is left in the text: `Socket"));
  }

  @TempDir private static Path folder;
  private static List<String> problems;

  private static String page(Broken broken) {
    return "docs/chapters/%02d-%s.adoc"
        .formatted(broken().indexOf(broken) + 10, broken.what.toLowerCase().replace(' ', '-'));
  }

  @BeforeAll
  static void build() throws IOException {
    var workbook = new Workbook(folder.resolve("workbook"));
    for (var broken : broken()) {
      workbook.write(page(broken), "= " + broken.what + "\n\n" + broken.text + "\n");
    }
    problems =
        workbook
            .write("lessons/L90.java", "// tag::a[]\nint one;\nint two;\n// end::a[]\n")
            .write(
                "lessons/L01Bare.java",
                "// A head.\n\n"
                    + "// tag::a[]\n"
                    + "int one;\n"
                    + "// end::a[]\n"
                    + "int two;\n"
                    + "// tag::b[]\n"
                    + "int three;\n"
                    + "// end::b[]\n")
            .write(
                "docs/chapters/01-bare.adoc",
                "= Bare\n"
                    + ":elided: a, gone\n\n"
                    + "[source,java]\n"
                    + "----\n"
                    + "include::{lessons}/L01Bare.java[tag=a]\n"
                    + "----\n")
            .write("docs/sessions/bad.session", "# Bad.\nx\n")
            .write("docs/figures/mute.svg", "<svg><title>Mute</title></svg>\n")
            .write("exercises/checks/A.java", "class A {}\n")
            .write("solutions/rejected/9.8/a/A.java", "class A {}\n")
            .build(folder.resolve("book"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void saysWhereItIsWrong(Broken broken) {
    assertThat(problems).anyMatch(line -> line.startsWith(page(broken) + ":" + broken.problem));
  }

  @Test
  void saysNothingElse() {
    var wanted = new ArrayList<String>();
    for (var broken : broken()) wanted.add(page(broken) + ":");
    assertThat(problems)
        .filteredOn(line -> wanted.stream().noneMatch(line::startsWith))
        .containsExactly(
            "docs/chapters/01-bare.adoc:2: elides a tag that it shows: a",
            "docs/chapters/01-bare.adoc:2: elides a tag that lessons/L01Bare.java lacks: gone",
            "lessons/L01Bare.java:6: stands outside every tag, so no chapter can show it",
            "lessons/L01Bare.java:7: tag b is neither shown nor elided in"
                + " docs/chapters/01-bare.adoc");
  }

  @Test
  void everyProblemIsOneLine() {
    assertThat(problems)
        .allSatisfy(line -> assertThat(line).doesNotContain("\n").matches("\\S+: .*"));
  }

  @Test
  void aPageThatIsNeitherChapterNorAppendixIsRefused(@TempDir Path other) throws IOException {
    var workbook = new Workbook(other).write("docs/chapters/stray.adoc", "= Stray\n");
    assertThatThrownBy(() -> workbook.build(other.resolve("book")))
        .hasMessageStartingWith("docs/chapters/stray.adoc: neither NN-name.adoc nor index.adoc");
  }
}
