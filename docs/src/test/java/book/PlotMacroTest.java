package book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PlotMacroTest {
  @Test
  void comparesEachWithItselfAndTakesTheLaterOfTwoRows() {
    var recording =
        """
        # ./jbang 14 cost
            0 idle: poll     9000 ns, epoll  9000 ns
            0 idle: poll     1000 ns, epoll  2000 ns
        10000 idle: poll  4000000 ns, epoll  3000 ns
        """;
    assertThat(PlotMacro.times(recording))
        .isEqualTo(
            Map.of("poll", Map.of(0, 1.0, 10_000, 4000.0), "epoll", Map.of(0, 1.0, 10_000, 1.5)));
  }

  @Test
  void wantsARowToCompareWith() {
    assertThatExceptionOfType(BookError.class)
        .isThrownBy(() -> PlotMacro.times("10 idle: poll 1000 ns"))
        .withMessageContaining("0 idle");
  }
}
