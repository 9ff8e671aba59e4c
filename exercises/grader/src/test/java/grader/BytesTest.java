package grader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BytesTest {
  @Test
  void controlCharactersHavePictures() {
    assertThat(Bytes.visible("GET /\r\n\t\0\033[31m\177")).isEqualTo("GET /␍␊␉␀␛[31m␡");
  }

  @Test
  void terminalSequencesOfOneCharacterAreSpelledOut() {
    assertThat(Bytes.visible("\u009b31m")).isEqualTo("\\u009b31m");
  }

  @Test
  void charactersOfManyBytesStayWhole() {
    var text = "Grüße, 世, 😀";

    assertThat(Bytes.visible(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
  }

  @Test
  void bytesThatAreNoCharacterAreHexadecimal() {
    assertThat(Bytes.visible(new byte[] {'a', (byte) 0xff, (byte) 0xc3, 'b', (byte) 0xe4}))
        .isEqualTo("a\\xff\\xc3b\\xe4");
  }

  @Test
  void cutCharacterAndSurrogateAreHexadecimal() {
    assertThat(Bytes.visible(new byte[] {(byte) 0xe4, (byte) 0xb8})).isEqualTo("\\xe4\\xb8");
    assertThat(Bytes.visible(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}))
        .isEqualTo("\\xed\\xa0\\x80");
    assertThat(Bytes.visible("\ufffd".getBytes(StandardCharsets.UTF_8))).isEqualTo("\ufffd");
  }
}
