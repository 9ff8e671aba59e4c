package grader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutputTest {
  private static final String MARK = "0f3a";
  private static final String LINE = Output.line(MARK);

  @Test
  void isSplitAtTheMarks() {
    var output = read("before" + LINE + "one\n" + LINE + LINE + "three", Integer.MAX_VALUE);

    assertThat(output.part(0)).isEqualTo(new Printed("before", 6));
    assertThat(output.part(1)).isEqualTo(new Printed("one\n", 4));
    assertThat(output.part(2)).isEqualTo(Printed.NOTHING);
    assertThat(output.part(3)).isEqualTo(new Printed("three", 5));
    assertThat(output.part(4)).isEqualTo(Printed.NOTHING);
  }

  @Test
  void isTheSameHoweverItArrives() {
    var text = "a\0" + LINE + "b\0\0f" + LINE + "\0" + LINE + "c";
    for (int size = 1; size <= 9; size++) {
      var output = read(text, size);
      assertThat(output.part(0).start()).isEqualTo("a\0");
      assertThat(output.part(1).start()).isEqualTo("b\0\0f");
      assertThat(output.part(2).start()).isEqualTo("\0");
      assertThat(output.part(3).start()).isEqualTo("c");
    }
  }

  @Test
  void keepsTheStartAndCountsTheRest() {
    var printed = read(LINE + "x".repeat(1_000_000), 1000).part(1);

    assertThat(printed.bytes()).isEqualTo(1_000_000);
    assertThat(printed.start()).hasSize(16 * 1024);
  }

  private static Output read(String text, int size) {
    var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    var slow =
        new InputStream() {
          @Override
          public int read() {
            return bytes.read();
          }

          @Override
          public int read(byte[] into, int at, int length) {
            return bytes.read(into, at, Math.min(length, size));
          }
        };
    var output = new Output(slow, MARK);
    output.run();
    return output;
  }
}
