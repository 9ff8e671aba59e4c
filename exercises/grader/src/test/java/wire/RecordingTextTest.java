package wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordingTextTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void readsWell() {
    var recording =
        new Recording(
            List.of(
                new Event(0, 1, Side.CLIENT, Act.CONNECT),
                Event.data(406_125, 1, Side.CLIENT, bytes("GET /\t\"世\\\" HTTP/1.1\r\n")),
                Event.data(1_000_000_001, 1, Side.SERVER, new byte[] {0, (byte) 0xff, 'x', ' '}),
                new Event(1_000_000_002, 1, Side.SERVER, Act.HALF_CLOSE)),
            12);
    assertThat(recording.text())
        .isEqualTo(
            """
            0.000000000 1 client connect
            0.000406125 1 client data 23 "GET /\\t\\"世\\\\\\" HTTP/1.1\\r\\n"
            1.000000001 1 server data 4 "\\x00\\xffx "
            1.000000002 1 server half_close
            omitted 12
            """);
    assertThat(Recording.parse(recording.text())).isEqualTo(recording);
  }

  @Test
  void everyByteComesBack() {
    var all = new byte[256];
    for (int i = 0; i < all.length; i++) all[i] = (byte) i;
    var random = new Random(1);
    IntStream.range(0, 2000)
        .mapToObj(i -> {
          var some = new byte[random.nextInt(20)];
          random.nextBytes(some);
          return i == 0 ? all : some;
        })
        .map(some -> new Recording(List.of(Event.data(7, 1, Side.CLIENT, some))))
        .forEach(recording -> assertThat(Recording.parse(recording.text())).isEqualTo(recording));
  }

  @Test
  void charactersThatWouldDisturbALineAreBytes() {
    var event = Event.data(0, 1, Side.CLIENT, bytes("a\u2028b\u202ec\u0085d\u001b[0m"));
    assertThat(event.toString())
        .endsWith("\"a\\xe2\\x80\\xa8b\\xe2\\x80\\xaec\\xc2\\x85d\\x1b[0m\"");
    var recording = new Recording(List.of(event));
    assertThat(Recording.parse(recording.text())).isEqualTo(recording);
  }

  @Test
  void keepsTheBeginningOfManyBytesAndSaysHowManyThereWere() {
    var event = Event.data(0, 1, Side.CLIENT, new byte[100_000]);
    assertThat(event.bytes()).hasSize(Event.KEPT_BYTES);
    assertThat(event.length()).isEqualTo(100_000);
    assertThat(event.cut()).isTrue();
    var recording = new Recording(List.of(event));
    assertThat(Recording.parse(recording.text())).isEqualTo(recording);
  }

  @Test
  void isNotChangedThroughItsArrays() {
    var sent = bytes("hello");
    var event = Event.data(0, 1, Side.CLIENT, sent);
    sent[0] = 'J';
    event.bytes()[0] = 'J';
    assertThat(event.bytes()).isEqualTo(bytes("hello"));
  }

  @Test
  void passesOverEmptyLinesAndRemarks() {
    assertThat(Recording.parse("# lesson 01\n\n0.000000000 1 client connect\n").events())
        .containsExactly(new Event(0, 1, Side.CLIENT, Act.CONNECT));
  }

  @Test
  void namesTheLineThatIsWrong() {
    for (var wrong :
        List.of(
            "hello",
            "0.000000000 1 client dance",
            "0.000000000 1 client data",
            "0.000000000 1 client connect 1 \"x\"",
            "0.000000000 0 client connect",
            "0.000000000 1 client data 1 \"xy\"",
            "0.000000000 1 client data 1 \"\\q\"",
            "0.000000000 1 client data 1 \"\\x1\"",
            "0.000000000 1 client data 1 \"\"\"",
            "0.000000000 1 client data 99999999999 \"\"")) {
      assertThatThrownBy(() -> Recording.parse("# first\n" + wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("line 2: ");
    }
  }
}
