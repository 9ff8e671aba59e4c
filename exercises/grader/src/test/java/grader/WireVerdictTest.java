package grader;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a wire in the child JVM to the lines that a learner reads. */
class WireVerdictTest {
  private static final Terminal PLAIN = new Terminal(false, UTF_8);

  @TempDir Path root;

  @Test
  void aWrongAnswerShowsItsWire() {
    assertThat(report("    return \"E\" + in.read();"))
        .contains(
            """
                got    E69

                client                                                             your code
            """)
        .containsSubsequence(
            "client sends 4 bytes:", "EHLO", "▲ Here the check failed.\n\n  A greeting is");
  }

  @Test
  void anExceptionShowsTheWireThatWasOpen() {
    assertThat(report("    throw new IllegalStateException(\"lost\" + in.read());"))
        .containsSubsequence("IllegalStateException: lost69", "EHLO", "▲ Here the check failed.");
  }

  @Test
  void aCheckThatHangsShowsTheWire() {
    assertThat(report("    while (in.read() >= 0) {}\n    return \"\";"))
        .containsSubsequence("EHLO", "▲ Here the time of this check was up.");
  }

  @Test
  void whatIsStillToDoShowsNone() {
    assertThat(report("    throw new UnsupportedOperationException(\"TODO: exercise 1.1\");"))
        .contains("is still to do")
        .doesNotContain("client");
  }

  private String report(String body) {
    var fake = new FakeWorkbook(root);
    fake.write(
        "exercises/checks/ch01/GreetingTest.java",
        """
        package ch01;

        import static grader.Given.given;

        import grader.Check;
        import grader.Exercise;
        import grader.Wire;
        import org.junit.jupiter.api.Timeout;

        @Exercise(id = "1.1", title = "A greeting", file = "ch01/Greeting.java", level = 1, minutes = 5)
        @Timeout(2)
        class GreetingTest {
          @Check(step = 1, value = "hears a greeting", points = 10, read = "chapter 1")
          void hears() throws Exception {
            try (var wire = Wire.open()) {
              wire.send("EHLO".getBytes());
              given("EHLO").wants("EHLO", Greeting.heard(wire.near().getInputStream()), "A greeting is four bytes.");
            }
          }
        }
        """);
    var verdict =
        fake.grade(
            """
            package ch01;

            public final class Greeting {
              public static String heard(java.io.InputStream in) throws java.io.IOException {
            %s
              }
            }
            """
                .formatted(body));
    return String.join(
        "\n", Report.of(verdict, fake.workbook(), Optional.empty(), Ways.COMMANDS, PLAIN));
  }
}
