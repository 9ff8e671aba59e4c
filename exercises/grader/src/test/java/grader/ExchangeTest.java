package grader;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a wire writes down, and how a learner sees it. */
@Timeout(10)
class ExchangeTest {
  @AfterEach
  void forget() {
    Wire.forget();
  }

  @Test
  void showsWhatTheReaderWasGivenAndWhereItStopped() throws IOException {
    try (var wire = Wire.open()) {
      var in = wire.paced(List.of(bytes("GET"), bytes(" /")), Wire::sendEnd);
      in.readNBytes(3);
      wire.mark("Here your code returned.");

      assertThat(shown(wrong().exchange()))
          .containsSubsequence("client sends 3 bytes:", "GET", "▲ Here your code returned.")
          .doesNotContain(" /", "failed", "FIN");
    }
  }

  @Test
  void showsWhoSaysWhatAndHowItEnds() throws IOException {
    try (var wire = Wire.open(new Socket(), "catalog")) {
      wire.near().getOutputStream().write(bytes("TITLE\r\n"));
      wire.far().getInputStream().readNBytes(7);
      wire.send(bytes("3 copies"));
      wire.near().shutdownOutput();
      assertThat(wire.far().getInputStream().read()).isEqualTo(-1);
      assertThat(wire.far().getInputStream().read()).isEqualTo(-1);
      wire.sendEnd();

      assertThat(shown(wrong().exchange()))
          .containsSubsequence(
              "your code connects",
              "your code sends 7 bytes:",
              "TITLE␍␊",
              "catalog sends 8 bytes:",
              "3 copies",
              "your code has finished sending (FIN): half closed",
              "catalog has finished too (FIN): closed",
              "▲ Here the check failed.")
          .containsOnlyOnce("half closed");
    }
  }

  @Test
  void showsAResetOfEitherSide() throws IOException {
    try (var wire = Wire.open()) {
      wire.send(bytes("A"));
      wire.reset();
      assertThat(shown(wrong().exchange())).contains("client resets the connection (RST)");
    }
    try (var wire = Wire.open()) {
      wire.near().setSoLinger(true, 0);
      wire.near().close();
      var in = wire.far().getInputStream();
      assertThatThrownBy(in::read).isInstanceOf(SocketException.class);
      assertThat(shown(wrong().exchange())).contains("your code resets the connection (RST)");
    }
  }

  @Test
  void whoeverAsksForTooMuchIsSeenAsking() throws IOException {
    try (var wire = Wire.open()) {
      var in =
          wire.paced(
              List.of(bytes("A")),
              _ -> {
                throw wrong();
              });

      var thrown = Assertions.catchThrowableOfType(WrongAnswer.class, in::readAllBytes);
      assertThat(shown(thrown.exchange())).contains("▲ Here your code asked for more.");
    }
  }

  @Test
  @SuppressWarnings("try") // closed before its block ends: that is what this is about
  void countsWhatTheFarEndHasNotRead() throws IOException {
    try (var wire = Wire.open()) {
      var in = wire.far().getInputStream();
      wire.near().getOutputStream().write(bytes("HTTP"));
      Awaitility.await().atMost(5, TimeUnit.SECONDS).until(() -> in.available() == 4);

      assertThat(shown(wrong().exchange())).contains("4 bytes from your code lie unread.");
      wire.close();
      assertThat(shown(Wire.lastExchange("Here it ended.")))
          .contains("Here it ended. 4 bytes from your code lie unread.")
          .doesNotContain("FIN");
    }
  }

  @Test
  void aWrongAnswerWithoutAnOpenWireHasNone() throws IOException {
    assertThat(wrong().exchange()).isNull();
    Wire.open().close();
    assertThat(wrong().exchange()).isNull();
    Wire.forget();
    assertThat(Wire.lastExchange(Exchange.FAILED)).isNull();
  }

  @Test
  void aConnectionAloneIsNotWorthShowing() throws IOException {
    try (var wire = Wire.open()) {
      wire.sendEnd();
      assertThat(wrong().exchange().hasBytes()).isFalse();
    }
  }

  @Test
  void aLongOneIsCutInItsMiddle() throws IOException {
    try (var wire = Wire.open()) {
      for (int line = 1; line <= 100; line++) wire.send(bytes("x".repeat(line) + "\n"));
      for (var charset : List.of(UTF_8, US_ASCII)) {
        var lines = wrong().exchange().lines(76, true, charset);

        assertThat(lines).hasSize(14).allMatch(line -> Columns.of(line) <= 76);
        assertThat(lines.getFirst()).startsWith("client").endsWith("your code");
        assertThat(lines.get(7).strip()).matches("\\(\\d+ lines left out\\)");
        assertThat(lines.getLast()).endsWith("Here the check failed.");
        assertThat(charset.newEncoder().canEncode(String.join("", lines))).isTrue();
      }
    }
  }

  @Test
  void ofTooManyEventsTheEndIsKept() throws IOException {
    var near = new Socket();
    try (var wire = Wire.open(near, "catalog")) {
      var drain = Thread.startVirtualThread(() -> readAll(near));
      for (int i = 0; i < 2000; i++) wire.send(bytes("x"));
      wire.sendEnd();
      Awaitility.await().atMost(5, TimeUnit.SECONDS).until(() -> !drain.isAlive());

      assertThat(wrong().exchange().recording())
          .hasLineCount(992)
          .contains("server half_close\nomitted 1012");
    }
  }

  private static void readAll(Socket socket) {
    try {
      socket.getInputStream().readAllBytes();
    } catch (IOException closed) {
      // The test has ended.
    }
  }

  private static WrongAnswer wrong() {
    return Given.given("a").wrong("b", "c", "d");
  }

  private static String shown(Exchange exchange) {
    return String.join("\n", exchange.lines(76, true, UTF_8));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }
}
