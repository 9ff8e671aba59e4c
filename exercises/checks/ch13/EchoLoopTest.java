package ch13;

import static grader.Given.given;
import static java.nio.charset.StandardCharsets.UTF_8;

import grader.Check;
import grader.Exercise;
import grader.Given;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;

@Exercise(
    id = "13.1",
    title = "Echo on one thread",
    file = "ch13/EchoLoop.java",
    level = 3,
    minutes = 50)
class EchoLoopTest {
  private static final int CALLERS = 20;
  private static final int LONG_BYTES = 3 * 1024 * 1024;
  private static final int SHORT_BYTES = 1_000;

  /** What the kernel holds for both ends is less than 2 MB, with the buffers that a loop has. */
  private static final int KERNEL_BYTES = 3 * 1024 * 1024;

  @Check(
      step = 1,
      value = "accepts whoever calls, on the thread of the loop",
      points = 1,
      read = "chapter 13, \"Say what you wait for\"")
  void accepts() throws Exception {
    var given = given(CALLERS + " clients that call and say nothing");
    try (var loop = new Loop()) {
      var before = new HashSet<>(Thread.getAllStackTraces().keySet());
      for (int i = 0; i < CALLERS; i++) loop.call(given);
      given.wants(
          "threads started: 0",
          "threads started: " + startedSince(before),
          "One thread for all is what a selector is for. A thread for each client is chapter 16's"
              + " way.");
    }
  }

  private static long startedSince(HashSet<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getThreadGroup() == Thread.currentThread().getThreadGroup())
        .filter(thread -> !before.contains(thread))
        .count();
  }

  @Check(
      step = 2,
      value = "sends back what a client says, to that client",
      points = 1,
      read = "chapter 13, \"A turn\"")
  void echoes() throws Exception {
    var given = given("three clients; the last speaks first, and each says its number twice");
    try (var loop = new Loop()) {
      var clients = new ArrayList<Client>();
      for (int i = 0; i < 3; i++) clients.add(loop.call(given));
      for (int round = 1; round <= 2; round++) {
        for (int i = 2; i >= 0; i--) {
          clients.get(i).say(("client " + i + "\n").getBytes(UTF_8));
          wantsEcho(given, loop, clients.get(i), ("client " + i + "\n").repeat(round));
        }
      }
    }
    var all = given("each of the 256 bytes");
    try (var loop = new Loop()) {
      var bytes = new byte[256];
      for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) i;
      var client = loop.call(all);
      client.say(bytes);
      awaitHeard(all, loop, client, bytes.length);
      all.wants(bytes, client.heard(), "An echo does not know what the bytes mean.");
    }
  }

  private static void wantsEcho(Given given, Loop loop, Client client, String text)
      throws Exception {
    awaitHeard(given, loop, client, text.length());
    given.wants(
        text.getBytes(UTF_8),
        client.heard(),
        "What comes from a client goes back to the same client, once.");
  }

  private static void awaitHeard(Given given, Loop loop, Client client, int bytes)
      throws Exception {
    loop.turnUntil(
        given,
        () -> client.heardCount() >= bytes || client.heardEnd(),
        "%,d bytes come back".formatted(bytes),
        () -> "%,d bytes have come back".formatted(client.heardCount()),
        "Bytes are missing, and the loop waits for something else. What a short write has left must"
            + " be kept, and asked OP_WRITE for; a client that is owed less than MOST_BYTES must be"
            + " asked OP_READ for.");
  }

  @Check(
      step = 3,
      value = "sleeps when there is nothing to do",
      points = 2,
      read = "chapter 13, \"What people get wrong\"")
  void sleeps() throws Exception {
    var given = given("three clients, each has its echo, and nobody says anything more");
    try (var loop = new Loop()) {
      for (int i = 0; i < 3; i++) {
        var client = loop.call(given);
        client.say((byte) 'a', (byte) '\n');
        wantsEcho(given, loop, client, "a\n");
      }
      wantsSleep(
          given,
          loop,
          "OP_WRITE asks whether there is room to write, and there nearly always is. It belongs"
              + " into the interest while something is left that the kernel did not take, and out"
              + " again when that is gone.");
    }
  }

  private static void wantsSleep(Given given, Loop loop, String means) throws Exception {
    int wakeups = loop.wakeups();
    if (wakeups == 0) return;
    throw given.wrong(
        "wakeups in %,d looks: 0".formatted(Loop.LOOKS),
        "wakeups in %,d looks: %,d (interest: %s)".formatted(Loop.LOOKS, wakeups, loop.interest()),
        means);
  }

  @Check(
      step = 4,
      value = "keeps its place when a write is short",
      points = 2,
      read = "chapter 13, \"A turn\"")
  void keepsItsPlace() throws Exception {
    var given = given("3 MB from a client that reads late: the server's writes are cut short");
    try (var loop = new Loop()) {
      var client = loop.call(given);
      var bytes = pattern(LONG_BYTES);
      var out = ByteBuffer.wrap(bytes);
      sayUntilStuck(given, loop, client, out);
      loop.turnUntil(
          given,
          () -> {
            sayMore(client, out);
            return client.heardCount() >= bytes.length || client.heardEnd();
          },
          "3,145,728 bytes come back",
          () -> "%,d bytes have come back".formatted(client.heardCount()),
          "The client has read all that came, and more does not come. This looks like code that"
              + " takes a write for a whole one: it returns how many bytes the kernel took. The"
              + " rest must be kept, and written when there is room.");
      wantsSame(given, bytes, client.heard(), "");
      wantsSleep(given, loop, "All is written, so OP_WRITE has done its part.");
    }
  }

  /** No two places look alike: bytes that are lost or come twice move all that follow. */
  private static byte[] pattern(int length) {
    var bytes = new byte[length];
    for (int i = 0; i < length; i++) bytes[i] = (byte) (i * 31 + (i >> 8) * 17 + (i >> 16));
    return bytes;
  }

  private static void sayMore(Client client, ByteBuffer out) {
    try {
      client.say(out);
    } catch (IOException lost) {
      // The client hears the end, too.
    }
  }

  /** Says what the kernel takes, and lets the loop take its turns, until both stand still. */
  private static void sayUntilStuck(Given given, Loop loop, Client client, ByteBuffer out)
      throws Exception {
    while (out.hasRemaining()) {
      int said = client.say(out);
      boolean ready = loop.isReady();
      if (ready) loop.turn(given);
      else if (said == 0) return;
    }
  }

  private static void wantsSame(Given given, byte[] wanted, byte[] got, String means) {
    int at = Arrays.mismatch(wanted, got);
    if (at < 0) return;
    throw given.wrong(
        "the same %,d bytes".formatted(wanted.length),
        "%,d bytes, and others from byte %,d on".formatted(got.length, at),
        means.isEmpty()
            ? "The rest of a short write begins where the write stopped: at the buffer's position,"
                + " and it must not be overwritten before it has gone."
            : means);
  }

  @Check(
      step = 5,
      value = "reads no more while a client takes nothing",
      points = 1,
      read = "chapter 13, \"A turn\"")
  void pauses() throws Exception {
    var given = given("a client that sends up to 12 MB and takes nothing");
    try (var loop = new Loop()) {
      var client = loop.call(given);
      var out = ByteBuffer.wrap(pattern(4 * KERNEL_BYTES));
      sayUntilStuck(given, loop, client, out);
      if (out.position() > KERNEL_BYTES)
        throw given.wrong(
            "the client is stuck within 3 MB, which the kernel keeps for both ends",
            "the server has taken %,d bytes".formatted(out.position()),
            "They lie in the server's memory: it reads on while nothing goes out. A client that"
                + " only sends could fill it. Take OP_READ out of its interest while MOST_BYTES are"
                + " owed; then it is the client that has to wait.");
      wantsSleep(
          given,
          loop,
          "The client has sent more, there is no room for it, and the loop is woken for it again"
              + " and again. Take OP_READ out of the interest as long as nothing is read.");
    }
  }

  @Check(
      step = 6,
      value = "keeps what one client is owed apart from the others",
      points = 1,
      read = "chapter 13, \"A turn\"")
  void apart() throws Exception {
    var given = given("a client that is owed more than it takes, and another that talks meanwhile");
    try (var loop = new Loop()) {
      var late = loop.call(given);
      var other = loop.call(given);
      var bytes = pattern(LONG_BYTES);
      var out = ByteBuffer.wrap(bytes);
      sayUntilStuck(given, loop, late, out);
      for (int i = 1; i <= 10; i++) {
        other.say("the other\n".getBytes(UTF_8));
        wantsEcho(given, loop, other, "the other\n".repeat(i));
      }
      loop.turnUntil(
          given,
          () -> {
            sayMore(late, out);
            return late.heardCount() >= bytes.length || late.heardEnd();
          },
          "the first hears its own 3,145,728 bytes",
          () -> "%,d bytes have come back".formatted(late.heardCount()),
          "What it was owed is gone. This looks like one buffer for all clients.");
      wantsSame(
          given,
          bytes,
          late.heard(),
          "Its bytes were overwritten while they waited for room. What outlives a turn needs a"
              + " buffer for each client, attached to the key.");
    }
  }

  @Check(
      step = 7,
      value = "closes when a client has said all and heard all",
      points = 1,
      read = "chapter 13, \"What people get wrong\"")
  void ends() throws Exception {
    var given = given("a client that says %,d bytes and its end".formatted(SHORT_BYTES));
    try (var loop = new Loop()) {
      var client = loop.call(given);
      client.say(pattern(SHORT_BYTES));
      client.sayEnd();
      wantsEnd(given, loop, client);
      wantsSame(given, pattern(SHORT_BYTES), client.heard(), "All that was said comes back.");
      wantsSleep(given, loop, "The client is gone, and its channel wakes the loop.");
    }
    var late = given("a client that says as much as it can, then its end, and reads after that");
    try (var loop = new Loop()) {
      var client = loop.call(late);
      var bytes = pattern(LONG_BYTES);
      var out = ByteBuffer.wrap(bytes);
      sayUntilStuck(late, loop, client, out);
      client.sayEnd();
      while (loop.isReady()) loop.turn(late);
      wantsEnd(late, loop, client);
      wantsSame(
          late,
          Arrays.copyOf(bytes, out.position()),
          client.heard(),
          "Its end says that it sends no more. It still listens, and it is owed the rest. A channel"
              + " that is closed before drops it.");
    }
  }

  private static void wantsEnd(Given given, Loop loop, Client client) throws Exception {
    loop.turnUntil(
        given,
        client::heardEnd,
        "the client hears an end",
        () -> "%,d bytes and no end".formatted(client.heardCount()),
        "read() returned -1, and the channel is still open. At its end a channel is readable for"
            + " ever; if nobody asks any more, the client waits for ever. Close the channel: its"
            + " key goes with it. cancel() does not close.");
  }

  @Check(
      step = 8,
      value = "outlives a client that is lost",
      points = 1,
      read = "chapter 13, \"A turn\"")
  void outlives() throws Exception {
    var given = given("a client that resets the connection, and another that stays");
    try (var loop = new Loop()) {
      var stays = loop.call(given);
      for (int i = 0; i < 3; i++) {
        var lost = loop.call(given);
        lost.say(pattern(SHORT_BYTES));
        lost.reset();
        try {
          while (loop.isReady()) loop.turn(given);
        } catch (IOException ended) {
          throw given.wrong(
              "turn() returns",
              "turn() throws " + ended,
              "One client's reset ends the loop, and with it everybody's service. What goes wrong"
                  + " with a client is caught around this client, and closes this one.");
        }
        stays.say("here\n".getBytes(UTF_8));
        wantsEcho(given, loop, stays, "here\n".repeat(i + 1));
      }
      given.wants(
          "keys in the selector: 2",
          "keys in the selector: " + loop.keys(),
          "The listener and the one who stayed. The channels of the lost are still open: each"
              + " holds a descriptor.");
    }
  }
}
