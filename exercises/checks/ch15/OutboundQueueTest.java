package ch15;

import static grader.Given.given;
import static java.nio.charset.StandardCharsets.US_ASCII;

import grader.Check;
import grader.Exercise;
import grader.Given;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

@Exercise(
    id = "15.1",
    title = "Outbound queue",
    file = "ch15/OutboundQueue.java",
    level = 2,
    minutes = 35)
class OutboundQueueTest {
  private static final int LOW = 20;
  private static final int HIGH = 60;
  private static final int LIMIT = 100;
  private static final int ALL = 1_000; // more than ever waits here

  private final RecordedSource source = new RecordedSource();

  private OutboundQueue queue() {
    return new OutboundQueue(LOW, HIGH, LIMIT, source);
  }

  private static ByteBuffer message(String text) {
    return ByteBuffer.wrap(text.getBytes(US_ASCII));
  }

  private static void add(OutboundQueue queue, String... messages) throws IOException {
    for (var message : messages) queue.add(message(message));
  }

  private static ByteBuffer bytes(int count) {
    return message("x".repeat(count));
  }

  @Check(
      step = 1,
      value = "sends what was added, in order",
      points = 1,
      read = "chapter 15, \"A queue for each listener\"")
  void inOrder() throws Exception {
    var given = given("three messages added, and a channel that takes all");
    var queue = queue();
    var channel = new SlowChannel(given).room(ALL);
    add(queue, "one ", "two ", "three");
    given.wants(13, queue.waiting(), "4, 4 and 5 bytes wait: the marks are in bytes.");
    given.wants("", channel.taken(), "Nothing is written before the loop says that it may be.");
    queue.drainTo(channel);
    given.wants(
        "one two three", channel.taken(), "The branch hears what was said, as it was said.");
    given.wants(0, queue.waiting(), "All is sent.");
  }

  @Check(
      step = 2,
      value = "keeps its place when a write takes a part",
      points = 2,
      read = "chapter 15, \"A queue for each listener\"")
  void shortWrites() throws Exception {
    var given = given("two messages, and a channel that has room for 2 bytes");
    var queue = queue();
    var channel = new SlowChannel(given).room(2);
    add(queue, "one ", "two");
    queue.drainTo(channel);
    given.wants("on", channel.taken(), "It takes two bytes, and then 0.");
    given.wants(5, queue.waiting(), "Two of seven are sent. The others still wait.");
    queue.drainTo(channel.room(ALL));
    given.wants(
        "one two",
        channel.taken(),
        "A write says how many bytes it took. What it left goes next, before everything that was"
            + " added later, and nothing goes twice.");

    for (int size = 1; size <= 9; size++) {
      given = given("four messages, and room for %d bytes each time".formatted(size));
      queue = queue();
      channel = new SlowChannel(given);
      add(queue, "Monday, ", "Tuesday, ", "Wednesday, ", "Thursday");
      for (int i = 0; i < 40; i++) queue.drainTo(channel.room(size));
      given.wants(
          "Monday, Tuesday, Wednesday, Thursday",
          channel.taken(),
          "A message may leave in any number of pieces. The branch must not notice.");
    }

    given = given("a channel with room for all, of which one write takes 3 bytes");
    queue = queue();
    channel = new SlowChannel(given).atATime(3);
    add(queue, "one ", "two ", "three");
    for (int i = 0; i < 13; i++) queue.drainTo(channel.room(ALL));
    given.wants("one two three", channel.taken(), "A part is taken again and again.");
  }

  @Check(
      step = 3,
      value = "returns when the channel takes no more",
      points = 1,
      read = "chapter 15, \"A queue for each listener\"")
  @Timeout(value = 2, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void neverWaits() throws Exception {
    var given = given("two messages, and a channel that has room for 5 bytes");
    var queue = queue();
    var channel = new SlowChannel(given).room(5);
    add(queue, "one ", "two");
    queue.drainTo(channel);
    wantsOneRefusal(given, channel);
    queue.drainTo(channel.room(0));
    wantsOneRefusal(given, channel);
    given.wants(2, queue.waiting(), "Five of seven bytes are sent.");
  }

  private static void wantsOneRefusal(Given given, SlowChannel channel) {
    if (channel.refused() <= 1) return;
    throw given.wrong(
        "at most one write that takes 0 bytes",
        channel.refused() + " of them",
        "A channel that has taken 0 bytes is full. It is as full for the next message.");
  }

  @Check(
      step = 4,
      value = "wants OP_WRITE while something waits, and only then",
      points = 1,
      read = "chapter 15, \"A queue for each listener\"")
  void wantsWrite() throws Exception {
    var given = given("a new queue");
    var queue = queue();
    var channel = new SlowChannel(given).room(2);
    wantsWrite(given, false, queue);
    given = given("a message of 4 bytes");
    add(queue, "news");
    wantsWrite(given, true, queue);
    given = given("the same, when 2 of its bytes are sent");
    queue.drainTo(channel);
    wantsWrite(given, true, queue);
    given = given("the same, when all are sent");
    queue.drainTo(channel.room(ALL));
    wantsWrite(given, false, queue);
    given = given("a message of 0 bytes");
    queue.add(bytes(0));
    queue.drainTo(channel);
    wantsWrite(given, false, queue);
  }

  private static void wantsWrite(Given given, boolean wanted, OutboundQueue queue) {
    given.wants(
        wanted,
        queue.wantsWrite(),
        wanted
            ? "Nobody will tell us that the channel has room again: these bytes wait for ever."
            : "A channel that has room is ready to be written at any time. With nothing to write,"
                + " select returns at once, again and again, and a core is busy with nothing.");
  }

  @Check(
      step = 5,
      value = "pauses the source at the high-water mark, once",
      points = 1,
      read = "chapter 15, \"High water, low water\"")
  void pauses() throws Exception {
    var given = given("high water 60, and 59 bytes that wait");
    var queue = queue();
    queue.add(bytes(30));
    queue.add(bytes(29));
    given.wants("nothing", source.told(), "A byte below the mark. Small bursts are no trouble.");
    given = given("one byte more");
    queue.add(bytes(1));
    given.wants("pause", source.told(), "60 bytes wait: the mark is reached.");
    given = given("ten more, which had been read before");
    queue.add(bytes(10));
    given.wants("nothing", source.told(), "It is paused already. Tell it what changes, once.");
    given = given("one message of 100 bytes");
    queue().add(bytes(100));
    given.wants("pause", source.told(), "One message can be enough.");
  }

  @Check(
      step = 6,
      value = "resumes it at the low-water mark, once",
      points = 2,
      read = "chapter 15, \"High water, low water\"")
  void resumes() throws Exception {
    var given = given("low water 20, 70 bytes, a pause; then 49 bytes are sent");
    var queue = queue();
    var channel = new SlowChannel(given).room(49);
    queue.add(bytes(70));
    source.told();
    queue.drainTo(channel);
    given.wants(
        "nothing",
        source.told(),
        "21 bytes wait. With one mark in place of two, the source would stop and go with every"
            + " packet. Between the marks everything stays as it is.");
    given = given("one byte more is sent");
    queue.drainTo(channel.room(1));
    given.wants(
        "resume",
        source.told(),
        "20 bytes wait. If nobody says so, the source stays silent for ever, with an empty queue.");
    given = given("and the rest");
    queue.drainTo(channel.room(ALL));
    given.wants("nothing", source.told(), "It goes on already.");
    given = given("another 60 bytes, and all of them sent");
    queue.add(bytes(60));
    queue.drainTo(channel);
    given.wants("pause, resume", source.told(), "It can be needed any number of times.");

    var quick = given("a source that adds 65 bytes as soon as it is resumed");
    queue = queue();
    queue.add(bytes(60));
    source.told();
    var again = queue;
    source.atResume(() -> addNow(quick, again, 65));
    queue.drainTo(new SlowChannel(quick).room(45));
    quick.wants("resume, pause", source.told(), "What it has read by then is a message like any.");
    quick.wants(80, queue.waiting(), "15 bytes waited, and 65 came.");
  }

  private static void addNow(Given given, OutboundQueue queue, int count) {
    try {
      queue.add(bytes(count));
    } catch (IOException full) {
      throw given.wrong("the 65 bytes are taken", full.toString(), "There is room for them.");
    } catch (IllegalStateException | UncheckedIOException early) {
      throw given.wrong("the 65 bytes are taken", early.toString(), "A source may add at once.");
    }
  }

  @Check(
      step = 7,
      value = "takes nothing beyond its limit, and says so",
      points = 1,
      read = "chapter 15, \"Who pays?\"")
  @Timeout(value = 2, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void limit() throws Exception {
    var given = given("a limit of 100, 90 bytes that wait, and a message of 10");
    var queue = queue();
    var waits = "a".repeat(45);
    add(queue, waits, waits);
    add(queue, "0123456789");
    given.wants(100, queue.waiting(), "The limit is the most that may wait: it still fits.");

    for (int size : List.of(1, 11, 1_000)) {
      var over = given("100 bytes that wait, and a message of %,d".formatted(size));
      over.throwing(
          OutboundQueue.Full.class,
          () -> queue.add(bytes(size)),
          "A queue that takes it grows as long as the branch is slow. One that drops it, or drops"
              + " another, lets the branch believe that it has heard all. Whoever adds must know:"
              + " it can end the conversation, and say why.");
      over.wants(100, queue.waiting(), "Of a message that does not fit, nothing is taken.");
    }

    var channel = new SlowChannel(given).room(ALL);
    queue.drainTo(channel);
    given.wants(
        waits + waits + "0123456789",
        channel.taken(),
        "What waited before must arrive whole, and nothing else.");
  }

  @Check(
      step = 8,
      value = "keeps bytes of its own",
      points = 1,
      read = "chapter 15, \"One array for all\"")
  void ownBytes() throws Exception {
    var given = given("three messages that were read into the same buffer");
    var queue = queue();
    var buffer = ByteBuffer.allocate(16);
    for (var text : List.of("one ", "two ", "three")) {
      queue.add(buffer.clear().put(text.getBytes(US_ASCII)).flip());
    }
    var channel = new SlowChannel(given).room(ALL);
    queue.drainTo(channel);
    given.wants(
        "one two three",
        channel.taken(),
        "The buffer was filled again while its bytes still waited. duplicate() and slice() are"
            + " second views of the same bytes: only a copy is safe from the next read.");

    given = given("a message in the middle of a larger buffer");
    buffer.clear().put("...news....".getBytes(US_ASCII)).limit(7).position(3);
    queue.add(buffer);
    queue.drainTo(channel);
    given.wants(
        "one two threenews",
        channel.taken(),
        "A message goes from the buffer's position to its limit. array() is all of it.");

    given = given("a write that fails: Broken pipe");
    add(queue, "last");
    channel.breaks();
    var broken = queue;
    given.throwing(
        IOException.class,
        () -> broken.drainTo(channel),
        "The loop must hear of it, or it keeps a branch that has gone.");
  }
}
