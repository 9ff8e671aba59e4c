import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
import wire.Act;
import wire.Event;
import wire.ManualGate;
import wire.Recording;
import wire.Side;
import wire.Tap;
import wire.timeline.TextTimeline;
import wire.timeline.Timeline;

/** Every lesson that serves outlives every fault of the network, and keeps nothing of any. */
@ParameterizedClass(name = "{0}", allowZeroInvocations = true)
@MethodSource("Lesson#serving")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultSuiteTest {
  @Parameter Lesson lesson;

  private Children children;
  private Child server;
  private Service service;
  private int replyBytes;

  @BeforeParameterizedClassInvocation
  void start() throws Exception {
    children = new Children(); // one instance of this class serves all lessons
    server = children.serve(lesson);
    service = Service.of(lesson, server);
    try (var caller = service.call().say(service.request())) {
      replyBytes = caller.hearAll().length;
    }
  }

  private List<Fault> dealtFaults() {
    return Tier.dealt(List.of(Fault.values()), lesson);
  }

  @ParameterizedTest(name = "one that {0}")
  @MethodSource("dealtFaults")
  void outlives(Fault fault) throws Exception {
    strike(fault);
    Holdings.awaitOnlyTheListener(server);
    assertThat(server.isAlive()).isTrue();
  }

  /**
   * A leak keeps something of each conversation, as often as they are held. What the virtual
   * machine makes once comes on top of that in some of the attempts, but not in all.
   */
  @Test
  @Tag("all") // each count of the objects is a process, and takes longer than ten conversations
  @EnabledOnOs(value = OS.LINUX, disabledReason = "descriptors and threads are counted in /proc")
  void holdsNoMoreAfterManyThanAfterFew() throws Exception {
    var unfinished = Arrays.stream(Fault.values()).filter(fault -> !fault.delivers()).toList();
    int rounds = lesson.startsAProcessForEach() ? 2 : 5;
    strikeAll(unfinished);
    Heap.objects(children, server); // to be asked takes a thread and a descriptor
    var before = Holdings.of(server, lesson);
    int conversations = rounds * unfinished.size();
    var kept = new ArrayList<Integer>();
    do kept.add(keptAfter(rounds, unfinished));
    while (kept.getLast() >= conversations && kept.size() < 5);
    assertThat(kept).as("objects kept").anyMatch(objects -> objects < conversations);
    Proc.soon()
        .untilAsserted(
            () -> assertThat(Holdings.of(server, lesson)).matches(now -> now.isWithin(before)));
  }

  /** How many objects more there are then. */
  private int keptAfter(int rounds, List<Fault> faults) throws Exception {
    int before = Heap.objects(children, server);
    for (int round = 0; round < rounds; round++) strikeAll(faults);
    return Heap.objects(children, server) - before;
  }

  private void strikeAll(List<Fault> faults) throws Exception {
    for (var fault : faults) strike(fault);
    Holdings.awaitOnlyTheListener(server);
  }

  /** One conversation that the fault befalls, then one that it does not. */
  private void strike(Fault fault) throws Exception {
    var gate = new ManualGate();
    var request = service.request();
    int size = fault.from() == Side.CLIENT ? request.length : replyBytes;
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port());
    var plan = Tap.to(address).from(fault.from(), fault.disturbance(size, gate));
    int printed = server.printed();
    try (var tap = plan.open()) {
      try {
        endsAsItMust(fault, request, tap, gate, printed);
        int next = service.serves();
        var log = server.awaitOut("(?s)(.*?)\\b" + next + "\\b", printed).group(1);
        if (fault.delivers()) assertThat(log).doesNotContain("lost: ");
      } catch (Exception | AssertionError failed) {
        throw new AssertionError(failed.getMessage() + "\n\n" + timeline(tap), failed);
      }
    }
  }

  private void endsAsItMust(Fault fault, byte[] request, Tap tap, ManualGate gate, int printed)
      throws Exception {
    switch (fault.ending()) {
      case DELIVERED, RELEASED -> {
        service.isTheReply(hear(request, tap, fault, gate));
        assertThat(saidBeforeTheReply(tap.recording()))
            .isGreaterThanOrEqualTo(service.saidBeforeTheReply());
      }
      case UNSAID -> {
        service.isNoReply(hearWhatComes(request, tap));
        if (!service.maySayNothing()) server.awaitOut("lost: .*\\bclosed\\b", printed);
      }
      case CLOSED -> {
        service.isNoReply(hearWhatComes(request, tap));
        server.awaitOut("lost: .*\\bclosed\\b", printed);
      }
      case RESET -> {
        service.isNoReply(hearWhatComes(request, tap));
        server.awaitOut("lost: .*\\breset\\b", printed);
      }
      case CUT -> assertThat(hearWhatComes(request, tap)).hasSizeLessThan(replyBytes);
    }
  }

  private byte[] hear(byte[] request, Tap tap, Fault fault, ManualGate gate) throws Exception {
    try (var caller = call(tap)) {
      caller.say(request);
      if (fault.ending() == Fault.Ending.RELEASED) release(gate, tap, fault);
      return caller.hearAll();
    }
  }

  /** Once the conversation stands still, and others have been served meanwhile. */
  private void release(ManualGate gate, Tap tap, Fault fault) throws Exception {
    tap.await(event -> event.act() == Act.HOLD, Child.PATIENCE);
    boolean serverIsFree = fault.from() == Side.SERVER; // its reply fits in the kernel's buffers
    if (serverIsFree || lesson.servesManyAtOnce()) service.serves();
    gate.open();
  }

  /** A reset may come at any moment: in the call, before the request is said, or after. */
  private static byte[] hearWhatComes(byte[] request, Tap tap) throws IOException {
    try (var caller = call(tap)) {
      caller.say(request);
      return caller.hearAllOrReset();
    } catch (SocketException reset) {
      return new byte[0];
    }
  }

  private static Wire call(Tap tap) throws IOException {
    return Wire.call(((InetSocketAddress) tap.address()).getPort());
  }

  /** How many bytes of the request had reached the server when it began to answer. */
  private static int saidBeforeTheReply(Recording recording) {
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
    try {
      server.terminate();
      server.exitCode();
      assertThat(server.err()).as("no trace of any conversation's trouble").isEmpty();
    } finally {
      children.close();
    }
  }
}
