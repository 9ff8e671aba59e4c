package grader;

import static org.assertj.core.api.Assertions.assertThat;

import grader.Hints.Hint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HintsTest {
  private static final Terminal PLAIN = new Terminal(false, StandardCharsets.UTF_8);

  @Test
  void areThePartsUnderTheirHeadings(@TempDir Path root) {
    var fake = new FakeWorkbook(root);

    var hints = Hints.read(fake.workbook().hints(fake.task()));

    assertThat(hints)
        .extracting(Hint::title)
        .containsExactly("Nudge", "Concept", "Nearly the code");
    assertThat(hints.getLast().text()).isEqualTo("Join the word, the name and the *two* bytes.");
  }

  @Test
  void paragraphsAreJoinedAndLoseTheirMarks() {
    assertThat(shown("Call `read()`\nuntil it says `-1`.\n\nThen *stop*, and _only_ then."))
        .isEqualTo("  Call read() until it says -1.\n\n  Then stop, and only then.");
  }

  @Test
  void marksInsideOfWordsAreText() {
    assertThat(shown("2 * 3 is not 2*3, and SO_RCVBUF stays."))
        .isEqualTo("  2 * 3 is not 2*3, and SO_RCVBUF stays.");
  }

  @Test
  void linksAreTheirText() {
    assertThat(shown("See <<lines,chapter 1, \"Lines\">> and xref:a.adoc#b[the other]."))
        .isEqualTo("  See chapter 1, \"Lines\" and the other.");
  }

  @Test
  void blocksStayAsTheyAre() {
    assertThat(
            shown("Like this:\n[source,java]\n----\nint  n = in.read();\n\nif (n < 0)\n----\nSo."))
        .isEqualTo("  Like this:\n    int  n = in.read();\n    \n    if (n < 0)\n  So.");
  }

  @Test
  void listsHang() {
    assertThat(shown("Steps:\n\n* one `a`\n* " + "long ".repeat(20).strip()))
        .startsWith("  Steps:\n\n  - one a\n  - long long")
        .contains("\n    long");
  }

  private static String shown(String text) {
    return String.join("\n", Hints.lines(new Hint("Nudge", text), PLAIN));
  }
}
