package wire.timeline;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import wire.Act;
import wire.Event;
import wire.Recording;
import wire.Side;

class TimelineTest {
  private static final String CALL =
      """
      0.000000000 1 client connect
      0.000100000 1 server accept
      """;

  @Test
  void aCallAndItsAcceptanceAreOneStep() {
    assertThat(told(Timeline.of(Recording.parse(CALL)))).containsExactly("client connects");
  }

  @Test
  void aCallThatIsAcceptedLaterIsTwo() {
    var late =
        Timeline.of(
            Recording.parse(
                """
                0.000000000 1 client connect
                0.300000000 1 server accept
                """));
    assertThat(told(late))
        .containsExactly("client calls", "0.3 s later, the connection to server stands");
  }

  @Test
  void piecesOfOneSizeAreOneStepAndSaySo() {
    assertThat(told(pieces("GE", "T ", "/ ", "H")))
        .contains("client sends 7 bytes in 4 pieces of 2 bytes, the last of 1");
    assertThat(told(pieces("G", "E", "T"))).contains("client sends 3 bytes in 3 pieces of 1 byte");
  }

  @Test
  void piecesOfOtherSizesStayApart() {
    assertThat(told(pieces("GE", "T", " /")))
        .containsSubsequence("client sends 3 bytes in 2 pieces of 2 bytes, the last of 1")
        .containsSubsequence("client sends 2 bytes");
  }

  @Test
  void steadyTellsOneMessageHoweverItWasCut() {
    var whole = pieces("GET / HTTP/1.1").steady();
    assertThat(told(whole)).contains("client sends 14 bytes");
    assertThat(text(pieces("GET / HT", "T", "P/1.1").steady())).isEqualTo(text(whole));
    assertThat(text(pieces("G", "ET / HTTP/1.1").steady())).isEqualTo(text(whole));
  }

  @Test
  void steadyTellsALongMessageAlikeHoweverItWasCut() {
    var line = "0123456789abcdef".repeat(400);
    var whole = text(pieces(line).steady());
    for (int cut : new int[] {1, 700, 1024, 1025, 6000}) {
      var cutUp = pieces(line.substring(0, cut), line.substring(cut)).steady();
      assertThat(text(cutUp)).as("cut at %d", cut).isEqualTo(whole);
    }
  }

  @Test
  void steadyTellsTheSameCloseWhoeverWasFirst() {
    var ends =
        """
        0.001000000 1 %s half_close
        0.001010000 1 %s close
        """;
    var one = Timeline.of(Recording.parse(CALL + ends.formatted("client", "server")));
    var other = Timeline.of(Recording.parse(CALL + ends.formatted("server", "client")));
    assertThat(told(one))
        .containsExactly(
            "client connects",
            "client has finished sending (FIN): half closed",
            "server has finished too (FIN): closed");
    assertThat(told(one.steady()))
        .containsExactly("client connects", "both sides have finished sending (FIN): closed");
    assertThat(text(other.steady())).isEqualTo(text(one.steady())).isNotEqualTo(text(one));
    var figure = new SvgTimeline("close", "Close");
    assertThat(figure.svg(other.steady())).isEqualTo(figure.svg(one.steady()));
  }

  @Test
  void steadyKeepsDatagramsApart() {
    var datagrams =
        Timeline.of(
                Recording.parse(
                    """
                    0.000000000 1 client connect
                    0.000100000 1 client data 6 "ping 1"
                    0.000200000 1 client data 3 "bye"
                    0.000300000 1 client data 6 "ping 2"
                    """))
            .steady();
    assertThat(told(datagrams))
        .containsExactly(
            "client sends 9 bytes in 2 pieces of 6 bytes, the last of 3", "client sends 6 bytes");
  }

  @Test
  void steadyTellsChosenPausesOnlyAndAsTheyWereMeant() {
    var recording =
        Recording.parse(
            """
            0.000000000 1 client data 1 "a"
            0.300000000 1 server data 1 "b"
            0.990000000 1 client data 1 "c"
            2.400000000 1 server data 1 "d"
            """);
    assertThat(told(Timeline.of(recording)))
        .containsExactly(
            "client sends 1 byte",
            "0.3 s later, server sends 1 byte",
            "0.7 s later, client sends 1 byte",
            "1.4 s later, server sends 1 byte");
    assertThat(told(Timeline.of(recording).steady(Duration.ofSeconds(1), Duration.ofMillis(500))))
        .containsExactly(
            "client sends 1 byte",
            "server sends 1 byte",
            "0.5 s later, client sends 1 byte",
            "1 s later, server sends 1 byte");
    assertThat(told(Timeline.of(recording).steady())).noneMatch(said -> said.contains("later"));
    assertThatThrownBy(() -> Timeline.of(recording).steady(Duration.ofMillis(250)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void steadyTellsConversationsOneAfterTheOther() {
    var timeline = Timeline.of(Samples.recording("conversations"));
    assertThat(timeline.steps().stream().map(Step::conversation)).isNotEqualTo(sorted(timeline));
    assertThat(timeline.steady().steps().stream().map(Step::conversation).toList())
        .isEqualTo(sorted(timeline.steady()));
  }

  @Test
  void nothingIsJoinedAcrossAMark() {
    var marked = pieces("G", "E", "T").mark(3, "too early");
    assertThat(told(marked))
        .containsExactly(
            "client connects", "client sends 2 bytes in 2 pieces of 1 byte", "client sends 1 byte");
    assertThat(marked.steps().get(1).mark()).contains("too early");
    assertThatThrownBy(() -> marked.mark(5, "after the end"))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void everyActHasItsOwnWords() {
    var words =
        Arrays.stream(Act.values())
            .map(act -> new Event(0, 1, Side.CLIENT, act))
            .map(event -> told(Timeline.of(new Recording(List.of(event)))).getFirst())
            .toList();
    assertThat(words).doesNotHaveDuplicates().hasSize(Act.values().length);
  }

  @Test
  void theMiddleOfAStoryTooLongToReadIsLeftOutButForItsMarks() {
    var text = new StringBuilder(CALL);
    for (int at = 0; at < 500; at++) {
      var side = at % 2 == 0 ? "client" : "server";
      text.append("0.001000000 1 %s data 1 \"x\"\n".formatted(side));
    }
    var steps = Timeline.of(Recording.parse(text.toString())).mark(250, "here").steps();
    assertThat(steps).hasSize(61);
    assertThat(steps.stream().mapToInt(Step::skipped).sum()).isEqualTo(501 - 61);
    assertThat(steps).filteredOn(step -> step.mark().isPresent()).hasSize(1);
  }

  private static Timeline pieces(String... pieces) {
    var events = new ArrayList<>(Recording.parse(CALL).events());
    for (var piece : pieces) {
      events.add(Event.data(200_000, 1, Side.CLIENT, piece.getBytes(US_ASCII)));
    }
    return Timeline.of(new Recording(events));
  }

  private static String text(Timeline timeline) {
    return new TextTimeline(80, US_ASCII).render(timeline);
  }

  private static List<Integer> sorted(Timeline timeline) {
    return timeline.steps().stream().map(Step::conversation).sorted().toList();
  }

  private static List<String> told(Timeline timeline) {
    return timeline.steps().stream()
        .map(step ->
            (step.tenths() > 0 ? Words.pause(step.tenths()) + ", " : "") + Words.of(timeline, step))
        .toList();
  }
}
