package grader;

import static grader.FakeWorkbook.accepted;
import static grader.FakeWorkbook.greeting;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

class CompilationTest {
  @TempDir Path root;
  @TempDir Path classes;
  private FakeWorkbook fake;

  @BeforeEach
  void workbook() {
    fake = new FakeWorkbook(root);
  }

  @Test
  void acceptedAnswerHasNoErrors() {
    assertThat(errors(accepted())).isEmpty();
    assertThat(classes.resolve("ch01/Greeting.class")).exists();
    assertThat(classes.resolve("ch01/GreetingTest.class")).exists();
  }

  @Test
  void errorIsWhereTheLearnerSeesIt() {
    var errors = errors(greeting("\treturn \"EHLO \" + name;"));

    assertThat(errors).hasSize(1);
    var error = errors.getFirst();
    assertThat(error.file()).isEqualTo(root.resolve("elsewhere/Greeting.java"));
    assertThat(error.line()).isEqualTo(6);
    assertThat(error.column()).as("a tab counts as one").isEqualTo(19);
    assertThat(error.source()).isEqualTo("\treturn \"EHLO \" + name;");
    assertThat(error.message())
        .startsWith("cannot find symbol")
        .contains("symbol:   variable name")
        .contains("location: class Greeting");
    assertThat(error.inChecks()).isFalse();
  }

  @Test
  void typesHaveTheirOwnNames() {
    assertThat(errors(greeting("    return 1;")).getFirst().message())
        .isEqualTo("incompatible types: int cannot be converted to String");
  }

  @Test
  @ResourceLock(Resources.LOCALE)
  void wordsAreEnglishEverywhere() {
    var usual = Locale.getDefault();
    try {
      Locale.setDefault(Locale.JAPAN);
      assertThat(errors(greeting("    return 1;")).getFirst().message())
          .startsWith("incompatible types");
    } finally {
      Locale.setDefault(usual);
    }
  }

  @Test
  void syntaxErrorsComeAlone() {
    assertThat(errors(greeting("    return \"\"")))
        .singleElement()
        .satisfies(error -> assertThat(error.message()).isEqualTo("';' expected"));
  }

  @Test
  void warningsAndNotesAreNoErrors() {
    assertThat(
            errors(
                greeting(
                    """
                        var raw = new java.util.ArrayList();
                        raw.add(host);
                        new java.util.Date(1, 1, 1);
                        return "" + raw.get(0);
                    """)))
        .isEmpty();
  }

  @Test
  void linesMayEndWithCrLf() {
    assertThat(errors(accepted().replace("\n", "\r\n"))).isEmpty();

    var error = errors(greeting("    return 1;").replace("\n", "\r\n")).getFirst();
    assertThat(error.line()).isEqualTo(6);
    assertThat(error.column()).isEqualTo(12);
    assertThat(error.source()).isEqualTo("    return 1;");
  }

  @Test
  void fileMayBeginWithAByteOrderMark() {
    assertThat(errors("\ufeff" + accepted())).isEmpty();
  }

  @Test
  void fileThatIsNotUtf8() {
    var file =
        fake.write(
            "elsewhere/Greeting.java",
            accepted().replace("EHLO", "Grüße").getBytes(StandardCharsets.ISO_8859_1));

    assertThat(errors(file))
        .singleElement()
        .satisfies(error ->
            assertThat(error.message()).isEqualTo("this is not UTF-8 text: save it as UTF-8"));
  }

  @Test
  void charactersBeyondAsciiAreFine() {
    assertThat(errors(accepted().replace("// RFC", "// 你好, RFC"))).isEmpty();
  }

  @Test
  void packageThatTheChecksDoNotKnow() {
    var error = errors(accepted().replace("package ch01;", "\npackage chapter1;")).getFirst();

    assertThat(error.line()).isEqualTo(2);
    assertThat(error.message())
        .isEqualTo("this is the package chapter1; the checks look in package ch01;");
  }

  @Test
  void noPackage() {
    assertThat(errors(accepted().replace("package ch01;", "")).getFirst().message())
        .isEqualTo("no package is declared; the checks look in package ch01;");
  }

  @Test
  void classWithAnotherName() {
    var error = errors(accepted().replace("public final class Greeting", "class Hello")).getFirst();

    assertThat(error.line()).isEqualTo(3);
    assertThat(error.message())
        .isEqualTo("this file declares Hello; the checks call the class Greeting");
  }

  @Test
  void emptyFile() {
    assertThat(errors("").getFirst().message()).startsWith("no package is declared");
    assertThat(errors("package ch01;").getFirst().message())
        .isEqualTo("this file declares nothing; the checks call the class Greeting");
  }

  @Test
  void signatureThatTheChecksDoNotFit() {
    var errors = errors(accepted().replace("String line(String", "String line(int port, String"));

    assertThat(errors).isNotEmpty().allMatch(CompileError::inChecks);
    assertThat(errors.getFirst().file())
        .isEqualTo(root.resolve("exercises/checks/ch01/GreetingTest.java"));
    assertThat(errors.getFirst().source()).contains("Greeting.line(");
  }

  @Test
  void errorsOfTheAnswerHideThoseOfTheChecks() {
    var errors =
        errors(
            accepted()
                .replace("String line(String", "String line(int port, String")
                .replace("return", "retrun"));

    assertThat(errors).isNotEmpty().noneMatch(CompileError::inChecks);
  }

  @Test
  void helperBesideTheLearnersFileIsFound() {
    fake.write(
        "exercises/mine/ch01/Lines.java",
        "package ch01; class Lines { static final String END = \"\\r\\n\"; }");
    var answer = greeting("    return \"EHLO \" + host + Lines.END;");

    assertThat(errors(fake.work(answer))).isEmpty();
    assertThat(errors(answer)).as("elsewhere there is none").isNotEmpty();
  }

  @Test
  void helperBesideTheChecksIsFound() {
    fake.write(
        "exercises/checks/ch01/Mail.java", "package ch01; class Mail { static int PORT = 25; }");

    assertThat(errors(greeting("    return \"EHLO \" + Mail.PORT;"))).isEmpty();
  }

  @Test
  void checksAreCompiledOnceForAnswersOfOneShape() throws Exception {
    errors(accepted());
    var first = checks();
    changeTheChecksUnnoticed();

    errors(greeting("    return host + 1;", "  private static class Hidden { int host; }"));
    assertThat(checks()).isEqualTo(first);
    errors(greeting("    Runnable nothing = () -> {};\n    return host + nothing;"));
    assertThat(checks()).isEqualTo(first);

    var otherShape = accepted().replace("String line(String", "CharSequence line(CharSequence");
    assertThat(errors(otherShape)).as("of the checks").isNotEmpty();
    assertThat(errors(accepted())).isEmpty();
    assertThat(checks()).as("those of the first shape are kept").isEqualTo(first);
  }

  /** So that it shows whether they are compiled again. */
  private void changeTheChecksUnnoticed() throws IOException {
    var check = root.resolve("exercises/checks/ch01/GreetingTest.java");
    var time = Files.getLastModifiedTime(check);
    Files.writeString(check, Files.readString(check).replace("A line ends", "Each line ends"));
    Files.setLastModifiedTime(check, time);
  }

  @Test
  void checksSeeTheConstantsOfThisAnswer() throws Exception {
    var check = root.resolve("exercises/checks/ch01/GreetingTest.java");
    Files.writeString(check, Files.readString(check).replace("\"lib.example\"", "Greeting.HOST"));
    for (var host : List.of("one.example", "two.example")) {
      var constant = "  public static final String HOST = \"%s\";".formatted(host);
      assertThat(errors(greeting("    return host;", constant))).isEmpty();
      assertThat(new String(checks(), StandardCharsets.ISO_8859_1)).contains(host);
    }
    assertThat(errors(accepted())).as("it has none").allMatch(CompileError::inChecks).isNotEmpty();
  }

  @Test
  void checksThatWereEditedAreCompiledAgain() throws Exception {
    errors(accepted());
    changeTheChecksUnnoticed();
    var check = root.resolve("exercises/checks/ch01/GreetingTest.java");
    Files.setLastModifiedTime(check, FileTime.fromMillis(1));

    errors(accepted());
    assertThat(new String(checks(), StandardCharsets.ISO_8859_1)).contains("Each line ends");
  }

  /** At ten moments of it, since it closes the library that is read just then. */
  @Tag("all") // the checks are compiled ten times
  @Test
  void anInterruptSpoilsNoOtherCompilation() throws Exception {
    for (int after = 1; after < 40; after += 4) {
      fake.write("exercises/checks/ch01/Edited" + after + ".java", ""); // all are compiled again
      var compiles = Thread.ofPlatform().start(() -> interrupted());
      compiles.join(Duration.ofMillis(after));
      compiles.interrupt();
      compiles.join();
      assertThat(errors(accepted())).as("after %d ms", after).isEmpty();
    }
  }

  private void interrupted() {
    try {
      errors(accepted());
    } catch (CannotWork expected) {
      // It was reading our own files.
    }
  }

  private byte[] checks() throws IOException {
    return Files.readAllBytes(classes.resolve("ch01/GreetingTest.class"));
  }

  private List<CompileError> errors(String answer) {
    return errors(fake.answer(answer));
  }

  private List<CompileError> errors(Path answer) {
    empty(classes);
    return Compilation.compile(fake.workbook(), fake.task(), answer, classes);
  }

  private static void empty(Path folder) {
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) Files.delete(file);
    } catch (IOException noDisk) {
      throw new UncheckedIOException(noDisk);
    }
  }
}
