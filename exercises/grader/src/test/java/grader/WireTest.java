package grader;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class WireTest {
  @Test
  void carriesBytesBothWays() throws IOException {
    try (var wire = Wire.open()) {
      wire.send(bytes("down"));
      wire.near().getOutputStream().write(bytes("up"));

      assertThat(text(wire.near().getInputStream(), 4)).isEqualTo("down");
      assertThat(text(wire.far().getInputStream(), 2)).isEqualTo("up");
    }
  }

  @Test
  void everyReadFindsWhatIsLeftOfOnePiece() throws IOException {
    try (var wire = Wire.open()) {
      var in = wire.paced(pieces("GET", " /", " HTTP"), Wire::sendEnd);
      var chunk = new byte[100];

      assertThat(in.read(chunk)).isEqualTo(3);
      assertThat(in.read(chunk, 0, 1)).isEqualTo(1);
      assertThat(in.read(chunk)).isEqualTo(1);
      assertThat(in.read(chunk)).isEqualTo(5);
      assertThat(in.read(chunk)).isEqualTo(-1);
    }
  }

  @Test
  void sendsTheNextPieceOnlyWhenAskedForMore() throws IOException {
    try (var wire = Wire.open()) {
      var in = wire.paced(pieces("AB", "C"), Wire::sendEnd);

      assertThat(in.available()).isEqualTo(2);
      assertThat(text(in, 2)).isEqualTo("AB");
      assertThat(in.available()).isZero();
      assertThat(wire.near().getInputStream().available()).isZero();
      assertThat(text(in, 1)).isEqualTo("C");
    }
  }

  @Test
  void aByteAboveAsciiIsNoEnd() throws IOException {
    try (var wire = Wire.open()) {
      var in = wire.paced(List.of(new byte[] {(byte) 0xff}), Wire::sendEnd);

      assertThat(in.read()).isEqualTo(0xff);
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void aResetFailsTheNextRead() throws IOException {
    try (var wire = Wire.open()) {
      var in = wire.paced(pieces("A"), Wire::reset);

      assertThat(in.read()).isEqualTo('A');
      assertThatThrownBy(in::read).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void whoeverAsksForTooMuchIsStopped() throws IOException {
    try (var wire = Wire.open()) {
      var in =
          wire.paced(
              pieces("A"),
              _ -> {
                throw new AssertionError("asked for more");
              });

      assertThatThrownBy(in::readAllBytes).hasMessage("asked for more");
    }
  }

  @Test
  void closesBothEnds() throws IOException {
    var wire = Wire.open();
    wire.close();

    assertThat(wire.near().isClosed()).isTrue();
    assertThat(wire.far().isClosed()).isTrue();
  }

  private static String text(InputStream in, int count) throws IOException {
    return new String(in.readNBytes(count), US_ASCII);
  }

  private static List<byte[]> pieces(String... pieces) {
    return Stream.of(pieces).map(WireTest::bytes).toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }
}
