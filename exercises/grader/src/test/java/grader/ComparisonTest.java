package grader;

import static grader.FakeWorkbook.accepted;
import static grader.FakeWorkbook.greeting;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Terminal PLAIN = new Terminal(false, StandardCharsets.UTF_8);

  @Test
  void showsWhatToTakeAwayAndWhatToAdd() {
    assertThat(shown(greeting("    return \"EHLO \" + host;"), PLAIN))
        .isEqualTo(
            """
            Where yours (-) and ours (+) differ:
            Line 6 of yours:
              - return "EHLO " + host;
              + if (host.contains("\\r")) throw new IllegalArgumentException("a line end in "
                    + host);
              + return "EHLO " + host + "\\r\\n";
            """);
  }

  @Test
  void saysItInWordsWhereSignsAreNotRead() {
    var spoken = new Terminal(false, false, StandardCharsets.UTF_8, 80);

    assertThat(shown(greeting("    return \"EHLO \" + host;"), spoken))
        .contains("  yours: return", "  ours: if", "  ours: return")
        .doesNotContain("  - ", "  + ");
  }

  @Test
  void indentationDocumentationAndImportsAreNoDifference() {
    var yours =
        accepted()
            .replace("    return", "\treturn")
            .replace(
                "public final",
                "import java.net.Socket;\n\n/**\n * What is wanted.\n */\npublic final");

    assertThat(shown(yours, PLAIN)).isEqualTo("Yours is the same, line by line.\n");
  }

  @Test
  void saysSoWhereNearlyEveryLineDiffers() {
    var yours = "final class Mine {\n" + "  int a;\n".repeat(30) + "}\n";

    assertThat(shown(yours, PLAIN)).startsWith("Yours is another text in most of its lines.");
  }

  @Test
  void controlsNoTerminal() {
    assertThat(shown(greeting("    return \"\033[2J\" + host;"), PLAIN))
        .contains("- return \"␛[2J\"");
  }

  @Test
  void fitsANarrowTerminal() {
    assertThat(shown(greeting("    return \"EHLO \" + host;"), PLAIN.columns(40)).lines())
        .allMatch(line -> line.length() <= 40);
  }

  @Test
  void theNearerTextHasTheSmallerDistance() {
    var ours = lines(accepted());

    assertThat(Comparison.distance(ours, ours)).isZero();
    assertThat(Comparison.distance(lines(greeting("    return \"EHLO \" + host;")), ours))
        .isPositive()
        .isLessThan(Comparison.distance(lines("final class Mine {}"), ours));
    assertThat(Comparison.distance(lines("// a remark\n" + accepted()), ours)).isZero();
  }

  private static String shown(String yours, Terminal terminal) {
    var shown = Comparison.of(lines(yours), lines(accepted())).shown(terminal);
    return String.join("\n", shown) + "\n";
  }

  private static List<String> lines(String text) {
    return text.lines().toList();
  }
}
