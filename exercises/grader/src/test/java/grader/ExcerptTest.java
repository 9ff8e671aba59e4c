package grader;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {
  @Test
  void shortValueIsWhole() {
    assertThat(Excerpt.of("EHLO lib.example␍␊", 5)).isEqualTo("EHLO lib.example␍␊");
  }

  @Test
  void longValueShowsItsStartItsEndAndThePlaceThatMatters() {
    var text = "START" + "a".repeat(1000) + "HERE" + "b".repeat(1000) + "END";

    assertThat(Excerpt.of(text, 1005))
        .startsWith("STARTaaa")
        .contains(" … 885 bytes … aaa")
        .contains("aaHEREbb")
        .endsWith("bbEND")
        .hasSizeLessThan(320);
  }

  @Test
  void differenceAtTheStartOrAtTheEndLeavesOneGap() {
    var text = "x".repeat(1000);

    assertThat(Excerpt.of(text, 0).split("bytes", -1)).hasSize(2);
    assertThat(Excerpt.of(text, 1000).split("bytes", -1)).hasSize(2);
  }

  @Test
  void countsBytesAsTheyWereOnTheWire() {
    assertThat(Excerpt.of("␍␊".repeat(500), 0)).contains(" … 870 bytes … ");
    assertThat(Excerpt.of("世".repeat(1000), 0)).contains(" … 2,610 bytes … ");
    assertThat(Excerpt.of("\\xff".repeat(250), 0)).contains(" … 217 bytes … ");
  }

  @Test
  void neverSplitsACharacter() {
    for (int place = 0; place < 1000; place++) {
      var shown = Excerpt.of("a" + "😀".repeat(500), place);
      assertThat(shown.codePoints()).noneMatch(c -> c >= 0xd800 && c < 0xe000);
    }
  }

  @Test
  void differenceIsTheFirst() {
    assertThat(Excerpt.difference("abc", "abd")).isEqualTo(2);
    assertThat(Excerpt.difference("abc", "ab")).isEqualTo(2);
    assertThat(Excerpt.difference("", "a")).isZero();
  }
}
