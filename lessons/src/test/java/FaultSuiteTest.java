import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
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
import wire.Act;
import wire.Event;
import wire.ManualGate;
import wire.Recording;
import wire.Side;
import wire.StreamDisturbance.AcceptLate;
import wire.StreamDisturbance.Hold;
import wire.StreamDisturbance.StallAfter;
import wire.Tap;
import wire.timeline.TextTimeline;
import wire.timeline.Timeline;

/** Every lesson that serves HTTP outlives every fault of the network, and keeps nothing of any. */
@ParameterizedClass
@MethodSource("Lesson#servingHttp")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultSuiteTest {
  private static final byte[] REQUEST = Site.bytes(Site.REQUEST);
  private static final int ROUNDS = 20; // of the ten faults that leave a conversation unfinished

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
  void outlives(Fault fault) throws Exception {
    int printed = server.printed();
    strike(fault);
    switch (fault.ending()) {
      case CLOSED -> server.awaitOut("lost: .*\\bclosed\\b", printed);
      case RESET -> server.awaitOut("lost: .*\\breset\\b", printed);
      default -> {}
    }
    int next = site.servesThePage();
    var log = server.awaitOut("(?s)(.*?)\\b" + next + "\\b", printed).group(1);
    if (fault.ending() == Fault.Ending.DELIVERED) assertThat(log).doesNotContain("lost: ");
    Holdings.awaitOnlyTheListener(server);
    assertThat(server.isAlive()).isTrue();
  }

  /** The first round may fill a pool or load a class; the others have nothing to add. */
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "descriptors and threads are counted in /proc")
  void holdsNoMoreAfterManyThanAfterFew() throws Exception {
    var unfinished =
        Arrays.stream(Fault.values())
            .filter(fault -> fault.ending() != Fault.Ending.DELIVERED)
            .toList();
    strikeAll(unfinished);
    Heap.objects(children, server); // to be asked takes a thread and a descriptor
    strikeAll(unfinished);
    var before = Holdings.of(server);
    int objectsBefore = Heap.objects(children, server);
    for (int round = 0; round < ROUNDS; round++) strikeAll(unfinished);
    Proc.soon().untilAsserted(() -> assertThat(Holdings.of(server)).isEqualTo(before));
    int kept = Heap.objects(children, server) - objectsBefore;
    assertThat(kept).as("objects kept").isLessThan(ROUNDS * unfinished.size() / 2);
  }

  private void strikeAll(List<Fault> faults) throws Exception {
    for (var fault : faults) strike(fault);
    site.servesThePage();
    Holdings.awaitOnlyTheListener(server);
  }

  /** Holds one conversation that the fault befalls, and checks what its caller hears. */
  private void strike(Fault fault) throws Exception {
    var gate = new ManualGate();
    int size = fault.from() == Side.CLIENT ? REQUEST.length : site.reply().length;
    var disturbance = fault.disturbance(size, gate);
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), site.port());
    try (var tap = Tap.to(address).from(fault.from(), disturbance).open()) {
      try (var caller = Wire.call(((InetSocketAddress) tap.address()).getPort())) {
        sayRequest(caller, fault);
        switch (disturbance) {
          case AcceptLate _, Hold _, StallAfter _ -> release(gate, tap, fault);
          default -> {}
        }
        hearReply(caller, fault, tap);
      } catch (Exception | AssertionError failed) {
        throw new AssertionError(failed.getMessage() + "\n\n" + timeline(tap), failed);
      }
    }
  }

  private static void sayRequest(Wire caller, Fault fault) throws IOException {
    try {
      caller.say(REQUEST);
    } catch (IOException cut) {
      if (fault.ending() == Fault.Ending.DELIVERED) throw cut;
    }
  }

  /** Once the conversation stands still, and others have been served meanwhile. */
  private void release(ManualGate gate, Tap tap, Fault fault) throws Exception {
    tap.await(event -> event.act() == Act.HOLD, Child.PATIENCE);
    boolean serverIsFree = fault.from() == Side.SERVER; // its reply fits in the kernel's buffers
    if (serverIsFree || lesson.servesManyAtOnce()) site.servesThePage();
    gate.open();
  }

  private void hearReply(Wire caller, Fault fault, Tap tap) throws IOException {
    switch (fault.ending()) {
      case DELIVERED -> {
        site.isThePageAndNothingElse(caller.hearAll());
        assertThat(heardBeforeTheReply(tap.recording())).isEqualTo(REQUEST.length);
      }
      case CLOSED, RESET -> site.isNoPage(caller.hearAllOrReset());
      case CUT -> assertThat(caller.hearAllOrReset()).hasSizeLessThan(site.reply().length);
    }
  }

  /** How many bytes of its request the server had been sent when it began to answer. */
  private static int heardBeforeTheReply(Recording recording) {
    return recording.events().stream()
        .filter(event -> event.act() == Act.DATA)
        .takeWhile(event -> event.from() == Side.CLIENT)
        .mapToInt(Event::length)
        .sum();
  }

  private String timeline(Tap tap) {
    var timeline = Timeline.of(tap.recording()).names("client", lesson.name());
    return new TextTimeline(80, UTF_8).render(timeline);
  }

  @AfterParameterizedClassInvocation
  void hasPrintedNoTrace() throws Exception {
    try (children) {
      server.terminate();
      server.exitCode();
      assertThat(server.err()).as("no trace of any conversation's trouble").isEmpty();
    }
  }
}
