package grader;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnsTest {
  @Test
  void latinIsNarrowEastAsianAndEmojiAreWide() {
    assertThat(Columns.of("Grüße␍␊")).isEqualTo(7);
    assertThat(Columns.of("世界")).isEqualTo(4);
    assertThat(Columns.of("한글")).isEqualTo(4);
    assertThat(Columns.of("😀")).isEqualTo(2);
  }

  @Test
  void combiningMarksHaveNoWidth() {
    assertThat(Columns.of("e\u0301")).isEqualTo(1);
  }

  @Test
  void fittingNeverSplitsACharacter() {
    assertThat(Columns.fitting("世界", 3)).isEqualTo(1);
    assertThat(Columns.fitting("😀😀", 3)).isEqualTo(2);
    assertThat(Columns.fitting("世", 1)).as("something always fits").isEqualTo(1);
    assertThat(Columns.fitting("ab", 5)).isEqualTo(2);
  }
}
