import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every lesson that serves outlives every hostile client, and keeps nothing of any. */
@ParameterizedClass(name = "{0}", allowZeroInvocations = true)
@MethodSource("Lesson#serving")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileClientsTest {
  @Parameter Lesson lesson;

  private Children children;
  private Child server;
  private Service service;

  @BeforeParameterizedClassInvocation
  void start() throws Exception {
    children = new Children(); // one instance of this class serves all lessons
    server = children.serve(lesson);
    service = Service.of(lesson, server);
  }

  private List<HostileClient> clients() {
    boolean http = service instanceof Site;
    return Stream.of(HostileClient.values())
        .filter(client -> http || !client.speaksHttp())
        .toList();
  }

  private List<HostileClient> dealtClients() {
    var dealt = Tier.dealt(List.of(HostileClient.values()), lesson);
    return clients().stream()
        .filter(client -> client.speaksHttp() || dealt.contains(client))
        .toList();
  }

  @ParameterizedTest(name = "one that {0}")
  @MethodSource("dealtClients")
  void outlives(HostileClient client) throws Exception {
    client.visit(service);
    service.serves();
    Holdings.awaitOnlyTheListener(server);
    assertThat(server.isAlive()).isTrue();
  }

  /** Each visit of all of these is 29 calls: a thread for each would be that many. */
  @Test
  @Tag("all") // in the plain tier EveryArchitectureTest counts them after friendlier callers
  @EnabledOnOs(value = OS.LINUX, disabledReason = "descriptors and threads are counted in /proc")
  void keepsNoThreads() throws Exception {
    visitOfAllWhoCallAFewTimes(); // the virtual machine keeps those of its busiest moment
    int before = new Proc(server.pid()).threads();
    visitOfAllWhoCallAFewTimes();
    Proc.soon()
        .untilAsserted(() -> assertThat(new Proc(server.pid()).threads()).isLessThan(before + 20));
  }

  private void visitOfAllWhoCallAFewTimes() throws IOException {
    var often =
        List.of(
            HostileClient.SPLITS_ITS_REQUEST_ANYWHERE,
            HostileClient.HALF_CLOSES_BEFORE_THE_REQUEST_IS_WHOLE);
    for (var client : clients()) if (!often.contains(client)) client.visit(service);
    Holdings.awaitOnlyTheListener(server);
  }

  @Test
  void saysWhyItDropsAClient() throws Exception {
    int printed = server.printed();
    HostileClient.SENDS_ONE_BYTE_MORE.visit(service);
    server.awaitOut("\\b" + service.limit() + "\\b", printed);
  }

  /** Escape sequences can clear a screen, name a window, or type an answer into a shell. */
  @AfterParameterizedClassInvocation
  void hasPrintedNothingThatATerminalObeys() throws Exception {
    try {
      server.terminate();
      server.exitCode();
      assertThat(server.out()).doesNotContainPattern("[\\p{Cntrl}\u0080-\u009F&&[^\n]]");
      assertThat(server.err()).as("no trace of any client's trouble").isEmpty();
    } finally {
      children.close();
    }
  }
}
