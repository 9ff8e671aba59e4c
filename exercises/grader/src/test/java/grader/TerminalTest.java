package grader;

import static org.assertj.core.api.Assertions.assertThat;

import grader.Terminal.Style;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private static final Terminal PLAIN = new Terminal(false, StandardCharsets.UTF_8);
  private static final Terminal ASCII = new Terminal(false, StandardCharsets.US_ASCII);

  @Test
  void colorOnlyOnATerminalThatWantsIt() {
    assertThat(color(true, Map.of())).isTrue();
    assertThat(color(true, Map.of("TERM", "xterm", "NO_COLOR", ""))).isTrue();
    assertThat(color(true, Map.of("NO_COLOR", "1"))).isFalse();
    assertThat(color(true, Map.of("TERM", "dumb"))).isFalse();
    assertThat(color(false, Map.of("TERM", "xterm"))).isFalse();
  }

  @Test
  void styleIsAnEscapeSequenceOrNothing() {
    var colored = new Terminal(true, StandardCharsets.UTF_8);

    assertThat(colored.style(Style.RED, "✗ no")).isEqualTo("\033[31m✗ no\033[0m");
    assertThat(PLAIN.style(Style.RED, "✗ no")).isEqualTo("✗ no");
  }

  @Test
  void charactersThatTheCharsetLacksBecomeAscii() {
    assertThat(ASCII.writable("✓ ✗ – a␍␊ ␛ … 世 𝄞"))
        .isEqualTo("+ x - a\\r\\n \\x1b ... \\u4e16 \\u{1d11e}");
    assertThat(PLAIN.writable("✓ ␍␊ 世")).isEqualTo("✓ ␍␊ 世");
    assertThat(new Terminal(false, StandardCharsets.ISO_8859_1).writable("ü ✓")).isEqualTo("ü +");
  }

  @Test
  void aDumbTerminalGetsNoDrawings() {
    var dumb = Terminal.of(true, Map.of("TERM", "dumb"), StandardCharsets.UTF_8);

    assertThat(dumb.drawings()).isFalse();
    assertThat(dumb.writable("✓ ✗ – a␍␊ ü 世")).isEqualTo("passed: failed: - a\\r\\n ü 世");
    assertThat(Terminal.of(true, Map.of(), StandardCharsets.UTF_8).drawings()).isTrue();
  }

  @Test
  void aSignIsInColorAndItsWordsAreNot() {
    var colored = new Terminal(true, StandardCharsets.UTF_8);

    assertThat(colored.signed(Style.RED, "✗ no")).isEqualTo("\033[31m✗\033[0m no");
    assertThat(PLAIN.signed(Style.RED, "✗ no")).isEqualTo("✗ no");
  }

  @Test
  void wrapsAtSpaces() {
    var text = "word ".repeat(40).strip();

    var lines = PLAIN.wrap(text, "> ", "  ");

    assertThat(lines).allMatch(line -> Columns.of(line) <= 80).hasSize(3);
    assertThat(lines.getFirst()).startsWith("> word").hasSize(76);
    assertThat(lines.get(1)).startsWith("  word");
    assertThat(String.join(" ", lines).replaceAll("[> ]+", " ").strip()).isEqualTo(text);
  }

  @Test
  void cutsAWordThatIsLongerThanALine() {
    assertThat(PLAIN.wrap("世".repeat(100), "    ", "    "))
        .hasSize(3)
        .allMatch(line -> Columns.of(line) <= 80);
  }

  @Test
  void keepsTheSpacesOfAValue() {
    assertThat(PLAIN.wrap("a  b ", "", "")).containsExactly("a  b ");
  }

  @Test
  void rightSideEndsInTheLastColumn() {
    assertThat(PLAIN.sides("✓ greets 世", "5 of 5 points"))
        .singleElement()
        .satisfies(line -> {
          assertThat(Columns.of(line)).isEqualTo(80);
          assertThat(line).endsWith("5 of 5 points");
        });
  }

  @Test
  void longLeftSideGoesOnBelow() {
    var lines = PLAIN.sides("✗ " + "words ".repeat(20).strip(), "0 of 5 points");

    assertThat(lines).hasSize(2).allMatch(line -> Columns.of(line) <= 80);
    assertThat(lines.getFirst()).endsWith("words      0 of 5 points").hasSize(80);
    assertThat(lines.getLast()).startsWith("  words words").endsWith("words");
  }

  @Test
  void cutSaysSo() {
    assertThat(PLAIN.cut("a".repeat(90), 80)).isEqualTo("a".repeat(79) + "…");
    assertThat(ASCII.cut("a".repeat(90), 80)).isEqualTo("a".repeat(77) + "...");
    assertThat(PLAIN.cut("short", 80)).isEqualTo("short");
  }

  private static boolean color(boolean terminal, Map<String, String> environment) {
    return Terminal.of(terminal, environment, StandardCharsets.UTF_8).color();
  }
}
