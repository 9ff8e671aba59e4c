import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

/** One dialogue, under every architecture: the same answers, and each in its own way. */
@ParameterizedClass(name = "{0}", allowZeroInvocations = true)
@MethodSource("Architecture#inThisTier")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryArchitectureTest {
  private static final String LITTLE_MEMORY = "-Xmx8m";

  /** More than that memory and the kernel's buffers: a server that keeps it all has no room. */
  private static final int MEGABYTES_READ_LATE = 12;

  private static final int LATE_READERS_BUFFER = 64 * 1024; // so the kernel holds little for it
  private static final int LINE_BYTES = 4000;

  /** What {@code who} tells. */
  private static final Pattern WHO =
      Pattern.compile("process ([0-9]+), (platform|virtual) thread ([0-9]+), answer ([0-9]+)\n");

  @Parameter Architecture architecture;

  private Children children;
  private Child server;
  private Service service;

  @BeforeParameterizedClassInvocation
  void start() throws Exception {
    children = new Children(); // one instance of this class serves all architectures
    server = architecture.serve(children);
    service = Service.of(architecture.lesson(), server);
  }

  /** Says what it is told, and reads what it is owed, line by line. */
  private record Caller(Wire wire) implements AutoCloseable {
    Caller says(String text) throws IOException {
      wire.say(bytes(text));
      return this;
    }

    Caller hears(String text) throws IOException {
      assertThat(new String(wire.hear(text.length()), ISO_8859_1)).isEqualTo(text);
      return this;
    }

    MatchResult who() throws IOException {
      says("who\n");
      var answer = new StringBuilder();
      do answer.append(new String(wire.hear(1), ISO_8859_1));
      while (!answer.isEmpty() && answer.charAt(answer.length() - 1) != '\n');
      var who = WHO.matcher(answer);
      assertThat(who.matches()).as(answer.toString()).isTrue();
      return who.toMatchResult();
    }

    void hearsTheEnd() throws IOException {
      assertThat(wire.hearAll()).isEmpty();
    }

    @Override
    public void close() throws IOException {
      wire.close();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  /** One who is greeted is served, and does not only wait in the accept queue. */
  private static Caller greeted(Service service) throws IOException {
    return greeted(service.call());
  }

  private static Caller greeted(Wire wire) throws IOException {
    return new Caller(wire).hears(Dialogue.GREETING);
  }

  private List<Caller> greeted(int count) throws IOException {
    var callers = new ArrayList<Caller>();
    for (int i = 0; i < count; i++) callers.add(greeted(service));
    return callers;
  }

  /** A reset leaves no TIME_WAIT behind: thousands of those slow down whoever reads /proc/net. */
  private static void resetAll(List<Caller> callers) throws IOException {
    for (var caller : callers) caller.wire.reset();
  }

  @Test
  void serviceIsTheSameInEveryLesson() {
    var first = Architecture.all().findFirst().orElseThrow().lesson();
    assertThat(architecture.lesson().region("service")).isEqualTo(first.region("service"));
  }

  @Test
  void answersCallersInTheOrderInWhichTheySpeak() throws Exception {
    var callers = greeted(Math.min(architecture.atOnce(), 10));
    try {
      for (int i = callers.size() - 1; i >= 0; i--) {
        callers.get(i).says("I am " + i + "\n").hears("I am " + i + "\n");
      }
      for (var caller : callers) caller.says("exit\n").hears("Goodbye\n").hearsTheEnd();
    } finally {
      resetAll(callers);
    }
  }

  @Test
  void echoesEveryByte() throws Exception {
    var line = new StringBuilder();
    for (char c = 0; c < 256; c++) if (c != '\n' && c != '\r') line.append(c);
    try (var caller = greeted(service)) {
      caller.says(line + "\n\n\r\nwith CR\r\n").hears(line + "\n\n\nwith CR\n");
    }
  }

  /** In the plain tier one for each architecture, and each of them for one architecture. */
  private List<Integer> packetSizes() {
    var sizes = IntStream.rangeClosed(1, 9).boxed().toList();
    if (Tier.ALL) return sizes;
    int place = Architecture.all().toList().indexOf(architecture);
    return List.of(sizes.get(place % sizes.size()));
  }

  @ParameterizedTest
  @MethodSource("packetSizes")
  void takesItsLinesInPacketsOf(int size) throws Exception {
    var request = service.request();
    try (var caller = service.call()) {
      for (int from = 0; from < request.length; from += size) {
        caller.say(Arrays.copyOfRange(request, from, Math.min(from + size, request.length)));
        if (Proc.HERE) Proc.awaitRead(caller);
      }
      service.isTheReply(caller.hearAllAndReset());
    }
  }

  /** In the plain tier only where a thread that writes does not wait, and so has to keep count. */
  private List<Integer> megabytesReadLate() {
    boolean shows = Tier.ALL || architecture.name().equals("selector");
    return shows ? List.of(MEGABYTES_READ_LATE) : List.of();
  }

  /** Its memory holds less than what this reader is owed; and nobody else waits meanwhile. */
  @ParameterizedTest(name = "{0} MB", allowZeroInvocations = true)
  @MethodSource("megabytesReadLate")
  void keepsNothingInMemoryForAReaderThatIsLate(int megabytes) throws Exception {
    var small = Service.of(architecture.lesson(), architecture.serve(children, LITTLE_MEMORY));
    var line = "z".repeat(LINE_BYTES - 1) + "\n";
    var block = bytes(line.repeat(256));
    int blocks = megabytes * 1024 * 1024 / block.length;
    try (var late = greeted(Wire.callWithBuffer(small.port(), LATE_READERS_BUFFER))) {
      var writer = Thread.ofPlatform().daemon().unstarted(() -> sayAll(late, block, blocks));
      writer.start();
      if (Proc.HERE) Proc.awaitStandstill(late.wire); // the server reads no more
      if (architecture.atOnce() > 1) small.serves();
      for (int i = 0; i < blocks; i++) {
        assertThat(Arrays.equals(late.wire.hear(block.length), block)).as("block " + i).isTrue();
      }
      late.hears("Goodbye\n").hearsTheEnd();
      writer.join();
    }
  }

  private static void sayAll(Caller caller, byte[] block, int blocks) {
    try {
      var out = caller.wire.socket().getOutputStream();
      for (int i = 0; i < blocks; i++) out.write(block);
      caller.says("exit\n");
    } catch (IOException lost) {
      // The reader finds that something is missing, and says what.
    }
  }

  @Test
  void waitsForASlowWriterAlone() throws Exception {
    try (var slow = greeted(service).says("hel")) {
      if (architecture.atOnce() > 1) service.serves();
      slow.says("lo\nexi");
      slow.hears("hello\n");
      if (architecture.atOnce() > 1) service.serves();
      slow.says("t\n").hears("Goodbye\n").hearsTheEnd();
    }
  }

  @Test
  void answersAllLinesOfOneWhoHasSaidAll() throws Exception {
    int printed = server.printed();
    try (var caller = greeted(service).says("one\ntwo\n")) {
      caller.wire.finish();
      caller.hears("one\ntwo\n").hearsTheEnd();
      server.awaitOut("(?m)^Port " + caller.wire.port() + " has left$", printed);
    }
  }

  @Test
  void namesALineThatIsCutShort() throws Exception {
    int printed = server.printed();
    try (var caller = greeted(service).says("one\ntw")) {
      caller.wire.finish();
      caller.hears("one\n").hearsTheEnd();
      var lost = "(?m)^Port " + caller.wire.port() + " lost: closed in the middle of a line$";
      server.awaitOut(lost, printed);
    }
  }

  @Test
  void outlivesAReset() throws Exception {
    int printed = server.printed();
    var caller = greeted(service).says("one\ntw").hears("one\n");
    if (Proc.HERE) Proc.awaitRead(caller.wire);
    caller.wire.reset();
    server.awaitOut("(?m)^Port " + caller.wire.port() + " lost: .*\\breset\\b", printed);
    service.serves();
  }

  /** What throws is the answer to one caller. */
  @Test
  void outlivesAHandlerThatThrows() throws Exception {
    int printed = server.printed();
    var callers = greeted(Math.min(architecture.atOnce(), 2));
    try {
      var unlucky = callers.getFirst().says("crash\n");
      assertThat(unlucky.wire.hearAllOrReset()).isEmpty();
      var failed = " failed: java.lang.IllegalStateException: crash, as asked$";
      server.awaitOut("(?m)^Port " + unlucky.wire.port() + failed, printed);
      if (callers.size() > 1) callers.getLast().says("and I?\n").hears("and I?\n");
      service.serves();
    } finally {
      resetAll(callers);
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "descriptors and threads are counted in /proc")
  void keepsNothingOfThoseWhoComeAndGo() throws Exception {
    boolean costly = architecture.how() == Architecture.How.A_PROCESS_EACH;
    comeAndGo(costly ? 2 : 50);
    var before = new HashMap<Proc, Holdings>();
    for (long pid : costly ? List.of(server.pid()) : serverAndDescendants()) {
      Holdings.awaitOnlyTheListener(new Proc(pid));
      before.put(new Proc(pid), Holdings.of(new Proc(pid)));
    }
    comeAndGo(costly ? 3 : Tier.ALL ? 1000 : 50);
    for (var each : before.entrySet()) each.getValue().awaitNoMoreIn(each.getKey());
  }

  private void comeAndGo(int times) throws IOException {
    for (int i = 0; i < times; i++) {
      var caller = greeted(service);
      if (i % 20 == 0) caller.close();
      else caller.wire.reset();
    }
  }

  /** An idle caller costs what its architecture costs, and {@code who} tells who answers. */
  @Test
  void servesInItsOwnWay() throws Exception {
    var callers = greeted(architecture.atOnce());
    try {
      var who = new ArrayList<MatchResult>();
      for (var caller : callers) who.add(caller.who());
      if (architecture.how() == Architecture.How.A_FEW_PROCESSES) callUntilTwoAnswer(callers, who);
      var threads = who.stream().map(EveryArchitectureTest::thread).distinct().toList();
      var processes = processes(who);
      var answers = who.stream().map(each -> Integer.valueOf(each.group(4))).toList();
      switch (architecture.how()) {
        case ONE_AT_A_TIME, A_FEW_THREADS -> {
          assertThat(threads).hasSameSizeAs(callers);
          assertThat(threadOfTheNext(callers)).isIn(threads);
        }
        case ONE_THREAD -> assertThat(threads).hasSize(1);
        case A_THREAD_EACH ->
            assertThat(threads).hasSize(callers.size()).allMatch(each -> each.contains("platform"));
        case A_VIRTUAL_THREAD_EACH ->
            assertThat(threads).hasSize(callers.size()).allMatch(each -> each.contains("virtual"));
        case A_FEW_PROCESSES, A_PROCESS_EACH ->
            assertThat(processes).doesNotContain(server.pid()).isSubsetOf(descendants());
      }
      switch (architecture.how()) {
        case A_PROCESS_EACH -> {
          assertThat(processes).hasSameSizeAs(callers);
          assertThat(answers).as("each counts for itself").containsOnly(1);
        }
        case A_FEW_PROCESSES ->
            assertThat(processes).hasSizeBetween(Proc.HERE ? 2 : 1, callers.size() - 1);
        default -> {
          assertThat(processes).containsExactly(server.pid());
          assertThat(answers).as("all count together").isSorted().doesNotHaveDuplicates();
        }
      }
      if (Proc.HERE) countThreads(callers.size());
    } finally {
      resetAll(callers);
    }
  }

  private static String thread(MatchResult who) {
    return who.group(2) + who.group(3);
  }

  private static List<Long> processes(List<MatchResult> who) {
    return who.stream().map(each -> Long.valueOf(each.group(1))).distinct().toList();
  }

  /** Linux deals out the callers, and may give many in a row to the same process. */
  private void callUntilTwoAnswer(List<Caller> callers, List<MatchResult> who) throws Exception {
    server.awaitOut("(?s)Listening.*Listening");
    while (processes(who).size() < 2 && callers.size() < 100) {
      callers.add(greeted(service));
      who.add(callers.getLast().who());
    }
  }

  /** All threads are taken: who calls now waits, whatever is said meanwhile, until one leaves. */
  private String threadOfTheNext(List<Caller> callers) throws IOException {
    try (var next = new Caller(service.call())) {
      for (int i = 0; i < 100; i++) {
        for (var caller : callers) caller.says("0\n").hears("You entered 0\n");
      }
      assertThat(next.wire.available()).as("bytes for one who has to wait").isZero();
      callers.getFirst().says("exit\n").hears("Goodbye\n").hearsTheEnd();
      return thread(next.hears(Dialogue.GREETING).who());
    }
  }

  private List<Long> descendants() {
    var parent = ProcessHandle.of(server.pid()).orElseThrow();
    return parent.descendants().map(ProcessHandle::pid).toList();
  }

  private List<Long> serverAndDescendants() {
    return Stream.concat(Stream.of(server.pid()), descendants().stream()).toList();
  }

  private void countThreads(int idle) throws IOException {
    int threads = new Proc(server.pid()).threads();
    switch (architecture.how()) {
      case A_THREAD_EACH -> assertThat(threads).isGreaterThan(idle);
      case A_PROCESS_EACH, A_FEW_PROCESSES -> {} // theirs, not the server's
      default -> assertThat(threads).isLessThan(50);
    }
  }

  @AfterParameterizedClassInvocation
  void hasPrintedNoTrace() throws Exception {
    try {
      assertThat(server.isAlive()).isTrue();
      server.terminate();
      server.exitCode();
      assertThat(server.err()).as("no trace of any caller's trouble").isEmpty();
    } finally {
      children.close();
    }
  }
}
