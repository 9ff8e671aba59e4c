import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lesson 07: each of its experiments alone, and what it shows. */
class EndingsTest {
  private static final Lesson ENDINGS = Lesson.named("L07Endings");
  private static final String STATES = "needs /proc/net/tcp";

  @AutoClose private final Children children = new Children();

  private List<String> lines(String experiment) throws Exception {
    var lesson = children.run(ENDINGS, experiment).endInput();
    assertThat(lesson.exitCode()).isZero();
    assertThat(lesson.err()).isEmpty();
    return lesson.out().lines().map(String::strip).toList();
  }

  @ParameterizedTest
  @Tag("all") // the tests below run each alone as well, and see more
  @ValueSource(strings = {"fin", "gone", "reset", "cut", "trickle", "time-wait"})
  void eachRunsAlone(String experiment) throws Exception {
    assertThat(lines(experiment)).hasSizeGreaterThan(1).first().asString().startsWith(experiment);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fin gone", "FIN", "leak", ""})
  void nothingElseIsAnExperiment(String args) throws Exception {
    Usage.expect(ENDINGS, args.split(" "));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = STATES)
  void eachDirectionEndsByItself() throws Exception {
    assertThat(lines("fin"))
        .satisfiesExactly(
            title -> assertThat(title).startsWith("fin: "),
            line -> assertThat(line).matches("FIN_WAIT2 +CLOSE_WAIT +client shutdownOutput.*"),
            line -> assertThat(line).matches("FIN_WAIT2 +CLOSE_WAIT +server .* 0 bytes, then -1.*"),
            line -> assertThat(line).matches("TIME_WAIT +- +server writes 12 bytes, close.*"),
            line -> assertThat(line).matches("TIME_WAIT +- +client .* 12 bytes, then -1.*"));
  }

  /** How many writes succeed before the RST is there is the kernel's affair; on Linux it is one. */
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere more writes may succeed")
  void theFirstWriteToOneWhoHasLeftSucceeds() throws Exception {
    assertThat(lines("gone"))
        .satisfiesOnlyOnce(line -> assertThat(line).endsWith("server isConnected() true"))
        .satisfiesOnlyOnce(line -> assertThat(line).endsWith("server isClosed() false"))
        .satisfiesOnlyOnce(line -> assertThat(line).contains("server reads 0 bytes, then -1"))
        .satisfiesOnlyOnce(line -> assertThat(line).endsWith("server writes 1 byte"))
        .last()
        .asString()
        .matches("- +- +server write: java[.]net[.]SocketException: Broken pipe");
  }

  @Test
  void noWriteToOneWhoHasResetSucceeds() throws Exception {
    assertThat(lines("reset"))
        .noneMatch(line -> line.contains("writes"))
        .satisfiesOnlyOnce(line -> assertThat(line).contains("Connection reset"));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "what unread input does differs elsewhere")
  void aReplyIsCutWhereTheRequestIsNotRead() throws Exception {
    assertThat(lines("cut"))
        .satisfiesExactly(
            title -> assertThat(title).endsWith("never"),
            line -> assertThat(line).contains("Connection reset").doesNotContain("2,000,000"),
            title -> assertThat(title).endsWith("first"),
            line -> assertThat(line).startsWith("client reads 2,000,000 bytes, then -1"),
            title -> assertThat(title).endsWith("last"),
            line -> assertThat(line).startsWith("client reads 2,000,000 bytes, then -1"));
  }

  @Test
  void aTimeoutForEachReadIsNoDeadline() throws Exception {
    var lines = lines("trickle");
    assertThat(lines.get(1)).startsWith("server reads 12 bytes, then -1");
    assertThat(lines.get(3)).contains("SocketTimeoutException: Read timed out");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = STATES)
  void theSideThatClosesFirstKeepsTimeWait() throws Exception {
    assertThat(lines("time-wait")).last().asString().matches("- +TIME_WAIT +client close.*");
  }
}
