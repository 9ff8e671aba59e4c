import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every lesson that serves HTTP outlives every hostile client, and keeps nothing of any. */
@ParameterizedClass
@MethodSource("Lesson#servingHttp")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileClientsTest {
  @Parameter Lesson lesson;

  private final Children children = new Children();
  private Child server;
  private Site site;

  @BeforeParameterizedClassInvocation
  void start() throws Exception {
    server = children.serve(lesson);
    site = Site.of(server, lesson.limit("MAX_HEAD_BYTES"));
  }

  @ParameterizedTest(name = "one that {0}")
  @EnumSource
  void outlives(HostileClient client) throws Exception {
    client.visit(site);
    site.servesThePage();
    Holdings.awaitOnlyTheListener(server);
    assertThat(server.isAlive()).isTrue();
  }

  /** The first round may fill a pool or load a class; the second has nothing to add. */
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "descriptors and threads are counted in /proc")
  void holdsNoMoreAfterManyThanAfterFew() throws Exception {
    for (var client : HostileClient.values()) client.visit(site);
    Holdings.awaitOnlyTheListener(server);
    var before = Holdings.of(server);
    for (var client : HostileClient.values()) client.visit(site);
    Proc.soon().untilAsserted(() -> assertThat(Holdings.of(server)).isEqualTo(before));
  }

  @Test
  void saysWhyItDropsAClient() throws Exception {
    HostileClient.SENDS_ONE_BYTE_MORE.visit(site);
    server.awaitOut("\\b" + site.maxHeadBytes() + "\\b");
  }

  /** Escape sequences can clear a screen, name a window, or type an answer into a shell. */
  @AfterParameterizedClassInvocation
  void hasPrintedNothingThatATerminalObeys() throws Exception {
    try (children) {
      server.terminate();
      server.exitCode();
      assertThat(server.out()).doesNotContainPattern("[\\p{Cntrl}\u0080-\u009F&&[^\n]]");
      assertThat(server.err()).as("no trace of any client's trouble").isEmpty();
    }
  }
}
