package book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FormatTest {
  private static final Repo REPO = Repo.around(Path.of(""));

  @Tag("all") // a thousand files
  @Test
  void everyJavaFileIsLaidOut() throws IOException {
    assertThat(Format.changed(REPO).stream().map(REPO::name))
        .as("run ./jbang format, which lays them out")
        .isEmpty();
  }

  @Test
  void everyLessonFitsThePage() throws IOException {
    assertThat(Format.lessonProblems(REPO)).isEmpty();
  }

  @Test
  void aScriptKeepsItsHead() {
    var head =
        """
        ///usr/bin/env jbang "$0" "$@" ; exit $?
        //JAVA 25+
        //DEPS info.picocli:picocli:4.7.7
        """;
    assertThat(Format.formatted(head + "package a;\nclass A{}\n"))
        .isEqualTo(head + "package a;\n\nclass A {}\n");
  }

  @Test
  void unusedImportsGo() {
    assertThat(Format.formatted("import java.util.List;\n\nclass A {}\n"))
        .isEqualTo("class A {}\n");
  }

  @Test
  void whatIsNotJavaIsSaidInOneLine() {
    assertThatThrownBy(() -> Format.formatted("class {"))
        .isInstanceOf(BookError.class)
        .hasMessageStartingWith("is not Java: ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aLessonKeepsToItsRules() {
    var wide = "x".repeat(96) + "\u4f60\u597d\ud83d\ude00";
    assertThat(Format.lessonProblems("L", wide + "x\n")).isEmpty();
    assertThat(Format.lessonProblems("L", "\n" + wide + "xy\n"))
        .containsExactly("L:2: 101 columns, more than 100");
    assertThat(Format.lessonProblems("L", "a\tb\n")).containsExactly("L:1: a tab");
    assertThat(Format.lessonProblems("L", "a \n")).containsExactly("L:1: blanks at the end");
    assertThat(Format.lessonProblems("L", "a\r\n")).containsExactly("L:1: ends with CR LF");
    assertThat(Format.lessonProblems("L", "a")).containsExactly("L:1: no line feed at the end");
  }
}
