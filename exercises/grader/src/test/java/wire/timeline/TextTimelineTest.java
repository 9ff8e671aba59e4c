package wire.timeline;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wire.Act;
import wire.Event;
import wire.Recording;
import wire.Side;

class TextTimelineTest {
  private static final int SEEDS = Boolean.getBoolean("all") ? 20 : 3;

  @ParameterizedTest
  @CsvSource({
    "http, 80, UTF-8, http-80.txt",
    "http, 60, US-ASCII, http-60-ascii.txt",
    "half-close, 80, UTF-8, half-close-80.txt",
    "reset, 60, UTF-8, reset-60.txt",
    "reset, 100, US-ASCII, reset-100-ascii.txt",
    "datagrams, 80, UTF-8, datagrams-80.txt",
    "datagrams, 80, US-ASCII, datagrams-80-ascii.txt",
    "conversations, 80, UTF-8, conversations-80.txt"
  })
  void readsAsTheGoldenTextDoes(String name, int columns, String charset, String golden) {
    var text = new TextTimeline(columns, Charset.forName(charset));
    assertThat(text.render(Samples.timelines().get(name))).isEqualTo(Samples.text(golden));
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 100})
  void noLineIsWiderThanItMayBe(int columns) {
    var timelines = new ArrayList<>(Samples.timelines().values());
    for (int seed = 0; seed < SEEDS; seed++) timelines.add(Timeline.of(Samples.random(seed)));
    timelines.add(
        Timeline.of(Samples.recording("http"))
            .names("a client with a name that is ".repeat(9), "x".repeat(300))
            .mark(2, "here something went wrong that takes many words ".repeat(9))
            .markEnd("y".repeat(300)));
    for (var timeline : timelines) {
      for (var charset : List.of(UTF_8, US_ASCII, ISO_8859_1)) {
        for (var line : new TextTimeline(columns, charset).lines(timeline)) {
          assertThat(line.codePointCount(0, line.length())).as(line).isLessThanOrEqualTo(columns);
          assertThat(Symbol.columns(line)).as(line).isLessThanOrEqualTo(columns);
          assertThat(charset.newEncoder().canEncode(line)).as(line).isTrue();
        }
      }
    }
  }

  @Test
  void controlsNoTerminalAndTurnsNoText() {
    for (var hostile : Samples.HOSTILE) {
      var timeline =
          Timeline.of(
                  new Recording(List.of(Event.data(0, 1, Side.CLIENT, hostile.getBytes(UTF_8)))))
              .names(hostile, hostile)
              .mark(0, hostile);
      assertThat(new TextTimeline(80, UTF_8).render(timeline))
          .matches("(?s)[^\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\u2028\\u2029\\u00a0&&[^\\n]]*");
    }
  }

  @Test
  void theMarkStandsUnderItsEvent() {
    var lines = new TextTimeline(80, UTF_8).lines(Samples.timelines().get("reset"));
    int mark = indexOf(lines, "▲ here your code answered too early");
    assertThat(lines.get(mark - 1)).endsWith("Content-Le");
    assertThat(lines.get(mark + 1)).endsWith("resets the connection (RST)");
  }

  @Test
  void longDataIsCutInTheMiddleAndSaysByHowMuch() {
    var text = new StringBuilder();
    for (int line = 1; line <= 100; line++) text.append("line %03d\n".formatted(line));
    var lines = new TextTimeline(80, UTF_8).lines(data(text.toString().getBytes(UTF_8), 900));
    assertThat(lines).contains("  line 001␊", "  line 100␊").doesNotContain("  line 050␊");
    long shown = lines.stream().filter(line -> line.startsWith("  line")).count();
    assertThat(lines).contains("  … %d bytes left out …".formatted(900 - 9 * shown));
  }

  @Test
  void whatTheRecordingNoLongerHasIsCountedToo() {
    var bytes = "x".repeat(1024).getBytes(UTF_8);
    var lines = new TextTimeline(80, UTF_8).lines(data(bytes, 100_000_000));
    long shown = lines.stream().filter(line -> line.contains("xx")).mapToInt(this::length).sum();
    assertThat(lines.get(1)).startsWith("client sends 100,000,000 bytes: ");
    assertThat(lines.getLast())
        .isEqualTo("  … %,d bytes left out …".formatted(100_000_000 - shown));
  }

  @Test
  void anEmptyRecordingSaysThatNothingHappened() {
    var nothing = Timeline.of(new Recording(List.of()));
    assertThat(new TextTimeline(60, UTF_8).lines(nothing))
        .containsExactly(
            "client                                                server",
            "                      nothing happened");
    assertThat(new TextTimeline(60, US_ASCII).lines(nothing.markEnd("nobody called")))
        .endsWith("  ^^ nobody called");
  }

  @Test
  void anEmptyDatagramHasNoBytesToShow() {
    var empty = Timeline.of(new Recording(List.of(new Event(0, 1, Side.SERVER, Act.DATA))));
    assertThat(new TextTimeline(60, UTF_8).lines(empty))
        .hasSize(2)
        .last()
        .asString()
        .endsWith(" server sends 0 bytes");
  }

  @Test
  void sentencesSayAllThatTheFigureSays() {
    assertThat(
            String.join(
                "\n", new Sentences(46, true, UTF_8, 14).lines(Samples.timelines().get("reset"))))
        .isEqualTo(
            """
            the check connects
            the check sends 21 bytes in 4 pieces of 6
              bytes, the last of 3: POST /orders HTTP/1.1
            your code sends 27 bytes:
              HTTP/1.1 200 OK␍␊
              Content-Le
            here your code answered too early: the blank
              line had not come yet
            your code resets the connection (RST)\
            """);
  }

  @ParameterizedTest
  @ValueSource(ints = {36, 46, 59})
  void noSentenceIsWiderThanItMayBe(int columns) {
    var timelines = new ArrayList<>(Samples.timelines().values());
    for (int seed = 0; seed < SEEDS; seed++) timelines.add(Timeline.of(Samples.random(seed)));
    for (var timeline : timelines) {
      for (var charset : List.of(UTF_8, US_ASCII, ISO_8859_1)) {
        for (var line : new Sentences(columns, true, charset, 14).lines(timeline)) {
          assertThat(Symbol.columns(line)).as(line).isLessThanOrEqualTo(columns);
          assertThat(charset.newEncoder().canEncode(line)).as(line).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 59, 101})
  void otherWidthsAreRefused(int columns) {
    assertThatThrownBy(() -> new TextTimeline(columns, UTF_8))
        .hasMessage(columns + " columns: from 60 to 100");
  }

  private static Timeline data(byte[] bytes, int length) {
    return Timeline.of(
        new Recording(List.of(new Event(0, 1, Side.CLIENT, Act.DATA, bytes, length))));
  }

  private int length(String line) {
    return line.strip().length();
  }

  private static int indexOf(List<String> lines, String part) {
    for (int at = 0; at < lines.size(); at++) if (lines.get(at).contains(part)) return at;
    throw new AssertionError("no line with " + part);
  }
}
