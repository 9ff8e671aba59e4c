package book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class DiffTest {
  @Test
  void saysNothingOfEqualTexts() {
    assertThat(Diff.unified(List.of("a", "b"), List.of("a", "b"))).isEmpty();
  }

  @Test
  void showsAChangeWithTheLinesAroundIt() {
    var before = List.of("1", "2", "3", "old", "5", "6", "7", "8", "9", "gone");
    var after = List.of("1", "2", "3", "new", "5", "6", "7", "8", "9");
    assertThat(Diff.unified(before, after))
        .isEqualTo(
            """
            @@ -2,5 +2,5 @@
             2
             3
            -old
            +new
             5
             6
            @@ -8,3 +8,2 @@
             8
             9
            -gone
            """);
  }

  @Test
  void keepsOldLinesThatDifferOnlyInWhatTheKeyHides() {
    Function<String, String> key = Volatile::masked;
    var recorded = List.of("took 12 ms", "done");
    assertThat(Diff.keep(recorded, List.of("connected", "took 44 ms", "done"), key))
        .containsExactly("connected", "took 12 ms", "done");
  }
}
