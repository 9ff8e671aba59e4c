package ch17;

import static ch17.Member.shown;
import static grader.Given.given;

import grader.Check;
import grader.Exercise;
import grader.Given;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Exercise(
    id = "17.1",
    title = "Chat that one stalled reader can't hurt",
    file = "ch17/ChatRoom.java",
    level = 3,
    minutes = 60)
class ChatRoomTest {
  private static final int LINES = 800;
  private static final int LINE_BYTES = 1_000;
  private static final Duration SOON = Duration.ofSeconds(2);

  private final Recorder threads = new Recorder();

  @Check(
      step = 1,
      value = "passes a line on to all the others",
      points = 1,
      read = "chapter 17, \"The word\"")
  void passesOn() throws Exception {
    var room = new ChatRoom(threads);
    try (var amy = new Member("Amy");
        var bob = new Member("Bob");
        var carl = new Member("Carl")) {
      var given = given("Amy, Bob and Carl in a room, and Amy says two lines");
      enters(given, room, amy, bob, carl);
      amy.says("Who has read chapter five?");
      amy.says("grüße"); // bytes that are no UTF-8
      for (var other : new Member[] {bob, carl}) {
        other.hears(given, "Who has read chapter five?", "All others hear what one says.");
        other.hears(given, "grüße", "A room passes bytes on. It need not know their charset.");
      }
      bob.says("I have");
      amy.hears(
          given("after that, Bob says a line"),
          "I have",
          "Each member hears the others. What it says itself it knows.");
    }
  }

  /** Room's code may hang in enter: say so, and not that the check took too long. */
  private static void enters(Given given, ChatRoom room, Member... members) throws Exception {
    for (var member : members) {
      var enter = new FutureTask<>(() -> member.in(room));
      Thread.ofPlatform().daemon().start(enter);
      try {
        enter.get(2, TimeUnit.SECONDS);
      } catch (TimeoutException blocked) {
        throw given.wrong(
            "enter() returns at once",
            "enter() with " + member.name + " has not returned after 2 s",
            "This looks like code that talks to the member on the thread of its caller, which has"
                + " others to accept.");
      } catch (ExecutionException failed) {
        if (failed.getCause() instanceof Exception cause) throw cause;
        throw failed;
      }
    }
  }

  @Check(
      step = 2,
      value = "lets nobody wait for a stalled reader",
      points = 2,
      read = "chapter 17, \"What people get wrong\"")
  void nobodyWaits() throws Exception {
    try (var stall = new Stall()) {
      stall.talk(stalled());
    }
  }

  /** Carl is a member who reads nothing. Meanwhile Amy and Bob talk. */
  private final class Stall implements AutoCloseable {
    final ChatRoom room = new ChatRoom(threads);
    final Member carl = new Member("Carl");
    final Member amy = new Member("Amy");
    final Member bob = new Member("Bob");

    Stall() throws IOException {}

    void talk(Given given) throws Exception {
      enters(given, room, carl, amy, bob);
      for (int number = 1; number <= LINES; number++) {
        amy.says(line(number));
        var heard = bob.hears();
        if (heard.equals(line(number))) continue;
        throw given.wrong(
            "Bob hears line " + number,
            "Bob hears " + shown(heard),
            heard.startsWith("[nothing")
                ? "This looks like code in which whoever speaks writes to the others, or waits for"
                    + " room in their queues. One that does not read stops it, and with it"
                    + " everybody else. A virtual thread that waits is cheap. Those who wait for it"
                    + " are not."
                : "A stalled reader costs the others no line, and does not change their order.");
      }
    }

    @Override
    public void close() throws IOException {
      carl.close();
      amy.close();
      bob.close();
    }
  }

  private static Given stalled() {
    return given(
        "Carl reads nothing; Amy says %,d lines of %,d bytes; Bob hears each before she says the next"
            .formatted(LINES, LINE_BYTES));
  }

  private static String line(int number) {
    var begin = "line " + number + " ";
    return begin + ".".repeat(LINE_BYTES - begin.length());
  }

  /**
   * What Carl hears when he reads at last. His window is small, and each line takes its time: so
   * not all of them, where nothing bounds what waits for him.
   *
   * @param lines so many from the first, without a gap
   * @param next what comes then
   */
  private record Heard(int lines, String next) {
    static Heard by(Member member) {
      for (int lines = 0; ; lines++) {
        var next = member.hears();
        if (!next.equals(line(lines + 1)) || lines == LINES / 2) return new Heard(lines, next);
      }
    }
  }

  @Check(
      step = 3,
      value = "keeps a bounded number of lines for a stalled reader",
      points = 2,
      read = "chapter 17, \"What people get wrong\"")
  @Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD) // much work for a busy machine
  void bounded() throws Exception {
    try (var stall = new Stall()) {
      stall.talk(stalled());
      var then = given("the same, and then Carl reads");
      var heard = Heard.by(stall.carl);
      var got = "lines 1 to %d, then %s".formatted(heard.lines(), shown(heard.next()));
      if (heard.lines() == LINES / 2) {
        throw then.wrong(
            "100 lines, and what the kernel holds of them",
            "more than %d lines".formatted(heard.lines()),
            "Nothing bounds what waits for him, or not at 100. Who stalls for a night takes the"
                + " memory that the others need.");
      }
      if (heard.next().startsWith("line ")) {
        throw then.wrong(
            "the first lines without a gap",
            got,
            "A gap without a word. The policy drops what is new, from a certain line on, and not"
                + " what has waited longest: then he knows where he stopped to hear.");
      }
      if (heard.next().startsWith("[the end") || heard.next().contains("reset")) {
        throw then.wrong(
            "the lines that waited, and then what he has missed",
            got,
            "He has been sent away. He may stall for as long as he likes: it costs 100 lines.");
      }
      if (heard.lines() < ChatRoom.MOST_LINES) {
        throw then.wrong(
            "100 lines or more", got, "So many wait for him before the first one is missed.");
      }
    }
  }

  @Check(
      step = 4,
      value = "tells a reader who catches up what is missing",
      points = 2,
      read = "chapter 17, \"What people get wrong\"")
  void tellsTheGap() throws Exception {
    try (var stall = new Stall()) {
      stall.talk(stalled());
      var heard = Heard.by(stall.carl);
      var then = given("the same; then Carl reads, and hears lines 1 to " + heard.lines());
      then.wants(
          "* %d lines missed".formatted(LINES - heard.lines()),
          shown(heard.next()),
          "The line that was missed is one that he cannot know of. Count what is dropped, and say"
              + " it in the place of the gap, as soon as what waited is taken.");
      stall.amy.says("Carl is back");
      stall.carl.hears(
          given("after that, Amy says one line"),
          "Carl is back",
          "He has caught up, and hears everything again.");
    }
  }

  @Check(
      step = 5,
      value = "lets a member leave, with all that was its own",
      points = 1,
      read = "chapter 17, \"What ends a call that blocks\"")
  void leaves() throws Exception {
    var room = new ChatRoom(threads);
    try (var amy = new Member("Amy");
        var bob = new Member("Bob")) {
      var given = given("Amy and Bob in a room");
      enters(given, room, amy, bob);
      amy.says("Hello");
      bob.hears(given, "Hello", "All others hear what one says.");
      long two = threads.running();
      Farewell[] farewells = {
        new Farewell("ends her stream", dora -> dora.wire.sendEnd()),
        new Farewell("resets", dora -> dora.wire.reset()),
        new Farewell("says a line of 3,000 bytes", dora -> dora.says("a".repeat(3_000))),
      };
      for (var farewell : farewells) {
        try (var dora = new Member("Dora")) {
          var then = given("Dora enters, hears a line, and " + farewell.words());
          enters(then, room, dora);
          amy.says("Welcome, Dora");
          dora.hears(then, "Welcome, Dora", "From here on she hears what the others say.");
          bob.hears(then, "Welcome, Dora", "All others hear what one says.");
          farewell.way().leave(dora);
          wantsHerGone(then, dora, two);
        }
      }
      amy.says("Who was that?");
      bob.hears(
          given("Dora was here three times; then Amy speaks"),
          "Who was that?",
          "A member that leaves ends nothing but its own.");
    }
  }

  private interface Way {
    void leave(Member dora) throws Exception;
  }

  private record Farewell(String words, Way way) {}

  private void wantsHerGone(Given given, Member dora, long before) throws Exception {
    long deadline = System.nanoTime() + SOON.toNanos();
    while (threads.running() > before || !dora.wire.near().isClosed()) {
      if (System.nanoTime() > deadline) break;
      Thread.onSpinWait();
    }
    given.wants(
        "her socket is closed, and none of her threads runs",
        "her socket is %s, and %s"
            .formatted(
                dora.wire.near().isClosed() ? "closed" : "open",
                threads.running() > before
                    ? "a thread of hers runs on"
                    : "none of her threads runs"),
        "Two wait for a member: who hears it, and who waits for something to tell it. When one"
            + " ends, the other must be told. A thread that waits for ever is a leak, however"
            + " small.");
  }

  @Check(
      step = 6,
      value = "closes when everybody has heard the last line",
      points = 1,
      read = "chapter 17, \"How to stop\"")
  void closesInOrder() throws Exception {
    var room = new ChatRoom(threads);
    try (var bob = new Member("Bob");
        var amy = new Member("Amy");
        var carl = new Member("Carl")) {
      var given = given("Amy says 100 lines, which Bob does not read yet; then the room closes");
      enters(given, room, bob, amy, carl);
      for (int number = 1; number <= ChatRoom.MOST_LINES; number++) amy.says(line(number));
      for (int number = 1; number <= ChatRoom.MOST_LINES; number++) {
        carl.hears(given, line(number), "All others hear what one says.");
      }
      var closing = shutdown(room, Duration.ofSeconds(30));
      for (int number = 1; number <= ChatRoom.MOST_LINES; number++) {
        var heard = bob.hears();
        if (heard.equals(line(number))) continue;
        throw given.wrong(
            "Bob hears line " + number,
            "Bob hears " + shown(heard),
            "What waits for a member is told before its line is closed. close() and interrupt()"
                + " both take the socket away from the thread that is writing.");
      }
      for (var member : new Member[] {bob, carl, amy}) {
        member.hears(given, "* the room is closed", "Then each of them hears why it ends.");
        member.hears(given, "[the end of the stream]", "And then the end: a FIN, not a reset.");
      }
      wantsAllEnded(given, closing, bob, amy, carl);
      try (var late = new Member("Late")) {
        var after = given("a member enters when the room is closed");
        enters(after, room, late);
        late.hears(after, "[the end of the stream]", "It is closed at once.");
      }
    }
  }

  private static FutureTask<Object> shutdown(ChatRoom room, Duration patience) {
    var closing =
        new FutureTask<Object>(() -> {
          room.shutdown(patience);
          return null;
        });
    Thread.ofPlatform().daemon().start(closing);
    return closing;
  }

  private void wantsAllEnded(Given given, FutureTask<Object> closing, Member... members)
      throws Exception {
    try {
      closing.get(SOON.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException waits) {
      throw given.wrong(
          "shutdown() returns",
          "shutdown() has not returned after 2 s",
          "It waits for somebody who need not come: for a stalled reader beyond the patience, or"
              + " for a thread that nobody wakes. A read that blocks ends when its socket is"
              + " closed.");
    }
    long running = threads.running();
    given.wants(
        "threads that run after shutdown(): 0",
        "threads that run after shutdown(): " + running,
        "It has returned too early, or nobody has told them.");
    for (var member : members) {
      given.wants(
          member.name + "'s socket is closed",
          member.name + "'s socket is " + (member.wire.near().isClosed() ? "closed" : "open"),
          "Who takes a socket closes it.");
    }
    if (threads.made() == 0) {
      throw given.wrong(
          "threads of the factory",
          "none",
          "The room makes its threads in another way. Then nobody can see what becomes of them.");
    }
  }

  @Check(
      step = 7,
      value = "closes in time, though a reader stalls",
      points = 1,
      read = "chapter 17, \"How to stop\"")
  void closesInTime() throws Exception {
    try (var stall = new Stall()) {
      var given =
          given("Carl has stalled for 800 lines; then the room closes, with 200 ms patience");
      stall.talk(given);
      var closing = shutdown(stall.room, Duration.ofMillis(200));
      stall.bob.hears(given, "* the room is closed", "Carl's stall is no reason to let Bob wait.");
      wantsAllEnded(given, closing, stall.carl, stall.amy, stall.bob);
    }
  }
}
