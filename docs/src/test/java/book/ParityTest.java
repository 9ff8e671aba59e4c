package book;

import static java.nio.file.FileVisitResult.CONTINUE;
import static java.nio.file.FileVisitResult.SKIP_SUBTREE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ParityTest {
  private static final Repo REPO = Repo.around(Path.of(""));

  @TempDir private static Path copy;

  @Test
  void noLinkIsMissingAndNoneIsLoose() throws IOException {
    assertThat(Parity.breaks(REPO)).isEmpty();
  }

  /** What is done to a copy of the workbook. */
  private interface Change {
    void in(Path copy) throws IOException;
  }

  /** One link that breaks, and the file or folder of which that makes another one. */
  private record Break(String name, Change change) {}

  static Stream<Arguments> links() {
    return Stream.of(
        broken(
            "lessons/L01HelloWebServer.java has no chapter",
            remove("docs/chapters/01-hello-web-server.adoc")),
        broken("chapter 02 has no lesson", remove("lessons/L02Netcat.java")),
        broken(
            "README.adoc has a row for 02, which is no lesson", remove("lessons/L02Netcat.java")),
        broken("alias 02 is no lesson", remove("lessons/L02Netcat.java")),
        broken(
            "lessons/L01HelloWebServer.java has no row in README.adoc",
            replace("README.adoc", "|`./jbang 01`", "|01")),
        broken("lessons/L02Netcat.java has no exercise", remove("exercises/checks/ch02")),
        broken(
            "exercises/shipped/ch01/Reply.java is missing",
            remove("exercises/shipped/ch01/Reply.java")),
        broken(
            "exercises/shipped/ch01/Other.java belongs to no exercise",
            add("exercises/shipped/ch01/Other.java")),
        broken("exercises/hints/1.2.adoc is missing", remove("exercises/hints/1.2.adoc")),
        broken("exercises/hints/9.9.adoc belongs to no exercise", add("exercises/hints/9.9.adoc")),
        broken(
            "solutions/accepted/ch02/Pump.java is missing",
            remove("solutions/accepted/ch02/Pump.java")),
        broken(
            "solutions/accepted/ch02/Other.java belongs to no exercise",
            add("solutions/accepted/ch02/Other.java")),
        broken("exercise 1.1 has 0 rejected solutions", remove("solutions/rejected/1.1")),
        broken(
            "solutions/rejected/1.1/empty/Reply.java is missing",
            add("solutions/rejected/1.1/empty/Readme")),
        broken(
            "solutions/rejected/9.9 belongs to no exercise",
            add("solutions/rejected/9.9/belief/Reply.java")),
        broken(
            "chapter 01 lacks gallery::1.2[]",
            replace("docs/chapters/01-hello-web-server.adoc", "gallery::1.2[]", "")),
        broken(
            "chapter 02 lacks hints::2.1[]",
            replace("docs/chapters/02-netcat.adoc", "hints::2.1[]", "")),
        broken(
            "docs/sessions/01-loose.session stands in no chapter",
            add("docs/sessions/01-loose.session")),
        broken("docs/figures/loose.svg stands in no chapter", add("docs/figures/loose.svg")),
        broken(
            "alias 01 is not lessons/L01HelloWebServer.java",
            replace("jbang-catalog.json", "L01HelloWebServer", "L02Netcat")),
        broken(
            "README.adoc names ./jbang hnt, which is no alias",
            replace("README.adoc", "./jbang hint", "./jbang hnt")),
        broken(
            "docs/src/main/java/book/Book.java: jsoup:0.0.0 is",
            replace(
                "docs/src/main/java/book/Book.java",
                "//DEPS org.jsoup:jsoup:",
                "//DEPS org.jsoup:jsoup:0.0.0\n//")),
        broken(
            "docs/src/main/java/book/Book.java: jsoup is not declared in its module's pom.xml",
            replace(
                "docs/pom.xml",
                "<artifactId>jsoup</artifactId>",
                "<artifactId>soup</artifactId>")));
  }

  private static void makeCopy() throws IOException {
    if (Files.exists(copy.resolve("docs"))) return;
    for (var part : List.of("docs", "exercises", "lessons", "solutions")) mend(part);
    for (var file : List.of("README.adoc", "CONTRIBUTING.adoc", "jbang-catalog.json", "pom.xml")) {
      mend(file);
    }
  }

  @Tag("all") // a copy of the workbook
  @ParameterizedTest(name = "{0}")
  @MethodSource("links")
  void saysWhatIsBroken(String wanted, Break link) throws IOException {
    makeCopy();
    link.change.in(copy);
    try {
      assertThat(Parity.breaks(new Repo(copy)))
          .anySatisfy(line -> assertThat(line).startsWith(wanted));
    } finally {
      mend(link.name);
    }
  }

  private static Arguments broken(String wanted, Break link) {
    return arguments(wanted, link);
  }

  private static Break remove(String name) {
    return new Break(name, copy -> delete(copy.resolve(name)));
  }

  private static Break add(String name) {
    return new Break(
        name,
        copy -> {
          Files.createDirectories(copy.resolve(name).getParent());
          Files.writeString(copy.resolve(name), "");
        });
  }

  private static Break replace(String name, String before, String after) {
    return new Break(
        name,
        copy -> {
          var text = Files.readString(copy.resolve(name));
          assertThat(text).contains(before);
          Files.writeString(copy.resolve(name), text.replace(before, after));
        });
  }

  /** Makes a file or a folder of the copy what it is in the repository: there, or not there. */
  private static void mend(String name) throws IOException {
    delete(copy.resolve(name));
    var original = REPO.root().resolve(name);
    if (!Files.exists(original)) {
      var parent = Path.of(name).getParent();
      if (!Files.exists(REPO.root().resolve(parent))) mend(parent.toString());
      return;
    }
    Files.walkFileTree(
        original,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            // Text is looked at; not what the build made of it.
            return folder.endsWith("target") ? SKIP_SUBTREE : CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            var to = copy.resolve(REPO.root().relativize(file).toString());
            Files.createDirectories(to.getParent());
            Files.copy(file, to);
            return CONTINUE;
          }
        });
  }

  private static void delete(Path name) throws IOException {
    if (!Files.exists(name)) return;
    try (var files = Files.walk(name)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }
}
