package ch02;

import static grader.Given.given;

import grader.Check;
import grader.Exercise;
import grader.Given;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Exercise(id = "2.2", title = "Pump both ways", file = "ch02/Pump.java", level = 3, minutes = 45)
class PumpTest {
  private static final int MB = 1024 * 1024;

  @Check(
      step = 1,
      value = "listens while it talks",
      points = 2,
      read = "chapter 2, \"Two directions at once\"")
  void dialogue() throws Exception {
    try (var talk = Conversation.start()) {
      talk.keyboard.type("TITLE Moby-Dick\r\n");
      given("a line typed")
          .wants(
              "the catalog hears TITLE Moby-Dick␍␊",
              "the catalog hears " + talk.hear(17),
              "What is typed goes to the socket at once; the next line may never come.");
      talk.say("3 copies\r\n");
      var first = "3 copies␍␊";
      given("an answer, while the input is still open")
          .wants(
              "the screen shows " + first,
              "the screen shows " + talk.see(10),
              "This looks like code that serves one direction after the other: it listens when the"
                  + " input has ended. Here neither end waits for the other's last word, so each"
                  + " direction needs a thread.");
      talk.say("We close at 18:00.\r\n");
      given("a second line from the catalog, and nothing typed in between")
          .wants(
              "the screen shows " + first + "We close at 18:00.␍␊",
              "the screen shows " + talk.see(30),
              "This looks like code that takes turns: one read from the keyboard, one from the"
                  + " socket. Nothing in TCP says whose turn it is.");
      talk.wire.sendEnd();
      talk.happens(talk.socket.readEnd);
      talk.keyboard.end();
      wantsReturn(given("the end from both sides"), talk);
    }
  }

  @Check(
      step = 2,
      value = "half-closes when the input ends",
      points = 2,
      read = "chapter 2, \"Half-close\"")
  void halfClose() throws Exception {
    try (var talk = Conversation.start()) {
      talk.keyboard.type("TITLE Moby-Dick\r\n");
      talk.keyboard.end();
      given("a line typed, and the end of the input")
          .wants(
              "the catalog hears TITLE Moby-Dick␍␊ [end]",
              "the catalog hears " + talk.hearAll(),
              talk.keyboard.isEndRead()
                  ? "The end of the input is known here and nobody else hears of it: the catalog"
                      + " waits for more questions, the screen for answers, for ever."
                      + " shutdownOutput says that we have said all."
                  : "The input was not read to its end before an answer came. Nothing in TCP says"
                      + " whose turn it is.");

      var given = given("the end of the input, and then an answer in 20 pieces");
      var wanted = "the screen shows \"shelf 1 … shelf 20\"";
      if (talk.isOverOrWaits() || talk.hasClosedSocket()) throw gone(given, wanted, talk);
      for (int shelf = 1; shelf <= 20; shelf++) {
        talk.say("shelf%3d\r\n".formatted(shelf));
        talk.see(10 * shelf);
        if (talk.isOver() || talk.hasClosedSocket()) throw gone(given, wanted, talk);
      }
      talk.wire.sendEnd();
      wantsReturn(given("the end from both sides"), talk);

      var closed =
          talk.hasClosedSocket()
              ? "the socket"
              : talk.keyboard.isClosed() ? "in" : talk.screen.isClosed() ? "out" : "nothing";
      given("the end from both sides")
          .wants(
              "nothing is closed",
              closed.equals("nothing") ? "nothing is closed" : closed + " is closed",
              "Socket and streams are the caller's, who may have more to say on them. Closing a"
                  + " stream of a socket closes the socket.");
    }
  }

  private static Error gone(Given given, String wanted, Conversation talk) throws Exception {
    talk.wire.mark(
        talk.hasClosedSocket() ? "By now the socket is closed." : "By now pump has returned.");
    return given.wrong(
        wanted,
        talk.hasClosedSocket() ? "the socket is closed" : "pump has returned",
        talk.hasClosedSocket()
            ? "Closing a stream of a socket closes the socket, and with it the direction in which"
                + " the answer comes. shutdownOutput ends one direction and leaves the other."
            : "This looks like code that ends with its input. The answer comes after that; whoever"
                + " called pump closes the socket now, and it is lost.");
  }

  @Check(
      step = 3,
      value = "shows every piece at once",
      points = 1,
      read = "chapter 2, \"Two directions at once\"")
  void flush() throws Exception {
    try (var talk = Conversation.start()) {
      talk.say("Your card number: ");
      var seen = talk.seeFlushed(18);
      var written = talk.see(0);
      given("a question without a line end, on a screen behind a buffer")
          .wants(
              "the screen shows \"Your card number: \"",
              "the screen shows \"%s\"".formatted(seen),
              seen.equals(written)
                  ? "This looks like code that waits for a line, or for a full buffer. Now the"
                      + " catalog waits for the reader, who sees no question. Pass on what a read"
                      + " brings."
                  : "It was written and not flushed, so it stays in the buffer. Now the catalog"
                      + " waits for the reader, who sees no question.");
      talk.keyboard.type("4711");
      given("an answer without a line end")
          .wants(
              "the catalog hears 4711",
              "the catalog hears " + talk.hear(4),
              "This looks like code that waits for a line, or for a full buffer. Pass on what a"
                  + " read brings.");
    }
  }

  @Check(
      step = 4,
      value = "carries 1 MB each way, byte for byte",
      points = 1,
      read = "chapter 2, \"Two directions at once\"")
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD) // for code that goes byte by byte
  void bulk() throws Exception {
    var random = new Random(4711);
    var up = new byte[MB];
    var down = new byte[MB];
    random.nextBytes(up);
    random.nextBytes(down);
    try (var talk = Conversation.start()) {
      talk.keyboard.type(up);
      talk.keyboard.end();
      var given = given("1 MB typed, and a catalog that says 1 MB before it listens");
      var speech = Thread.startVirtualThread(() -> talk.sayAll(down));
      var shown = talk.screen.written(MB, talk.patience());
      talk.rethrow();
      if (!speech.join(talk.patience())) {
        throw given.wrong(
            "the catalog can say 1 MB",
            "the catalog is stuck in its write, after %,d bytes".formatted(shown.length),
            "A deadlock: the pump writes and does not read, the catalog writes and does not read."
                + " Between them the kernel's buffers are full. One direction must never wait for"
                + " the other.");
      }
      wantsSame(given, "the screen", down, shown);
      wantsSame(given, "the catalog", up, talk.hearBytes());
      wantsReturn(given("the end from both sides"), talk);
    }
  }

  private static void wantsSame(Given given, String who, byte[] wanted, byte[] got) {
    int at = Arrays.mismatch(wanted, got);
    if (at < 0) return;
    throw given.wrong(
        "%s gets %,d bytes, all as sent".formatted(who, wanted.length),
        "%s gets %,d bytes, the first wrong one at offset %,d".formatted(who, got.length, at),
        "What crosses a socket is bytes. Code that decodes them to text and encodes the text again"
            + " changes each byte that is no character; code that writes a whole buffer after a"
            + " short read adds bytes of its own.");
  }

  @Check(
      step = 5,
      value = "goes on talking when the peer has ended",
      points = 1,
      read = "chapter 2, \"Half-close\"")
  void peerEndsFirst() throws Exception {
    try (var talk = Conversation.start()) {
      talk.say("No more questions from us.\r\n");
      talk.wire.sendEnd();
      given("a line from the catalog, and its end")
          .wants(
              "the screen shows No more questions from us.␍␊",
              "the screen shows " + talk.see(28),
              "What the catalog says is shown, whether something is typed or not.");
      talk.happens(talk.socket.readEnd);
      var given = given("the catalog's end, and then 20 lines typed");
      if (talk.isOverOrWaits()) throw early(given, talk);
      for (int title = 1; title <= 20; title++) {
        var line = "RETURN%3d\r\n".formatted(title);
        talk.keyboard.type(line);
        given.wants(
            "the catalog hears RETURN%3d␍␊".formatted(title),
            "the catalog hears " + talk.hear(line.length()),
            "Each direction ends by itself. The peer has said all and still listens.");
        if (talk.isOver()) throw early(given, talk);
      }
      talk.keyboard.end();
      given("the end of the input")
          .wants(
              "the catalog hears [end]",
              "the catalog hears" + talk.hearAll(),
              "shutdownOutput says that we have said all, whoever says it first.");
      wantsReturn(given("the end from both sides"), talk);
    }
  }

  private static Error early(Given given, Conversation talk) throws IOException {
    talk.rethrow();
    talk.wire.mark("By now pump has returned.");
    return given.wrong(
        "pump goes on until the input has ended",
        "pump has returned",
        "This looks like code that takes the peer's end for the end of the conversation. The peer"
            + " has said all and still listens; what is typed now is lost.");
  }

  @Check(
      step = 6,
      value = "reports a reset, whichever direction meets it",
      points = 2,
      read = "chapter 2, \"What people get wrong\"")
  void reset() throws Exception {
    try (var talk = Conversation.start()) {
      talk.keyboard.type("TITLE Moby-Dick\r\n");
      talk.hear(17);
      talk.wire.reset();
      wantsIOException(given("a reset while nobody types"), talk);
    }
    try (var talk = Conversation.start()) {
      // The screen is stopped, so the one who reads the socket is busy: the writer meets the reset.
      talk.screen.freeze();
      talk.say("3 copies\r\n");
      talk.screen.awaitTouch(talk.patience());
      talk.rethrow();
      talk.wire.reset();
      for (int line = 0; line < 1000 && talk.socket.writeFailed.getCount() > 0; line++) {
        talk.keyboard.type("TITLE Moby-Dick\r\n");
      }
      talk.happens(talk.socket.writeFailed);
      talk.keyboard.end();
      talk.screen.thaw();
      wantsIOException(given("a reset that a write to the socket meets"), talk);
    }
  }

  private static void wantsIOException(Given given, Conversation talk) throws Exception {
    if (!talk.ends()) {
      throw given.wrong(
          "an IOException",
          "pump still waits",
          "This looks like code that waits for both threads before it says what happened. One of"
              + " them is in in.read(), and the reader of a lost conversation types no more.");
    }
    if (talk.thrown() instanceof IOException) return;
    if (talk.thrown() != null) talk.rethrow();
    throw given.wrong(
        "an IOException",
        "pump has returned, as if all were well",
        "This looks like code with a catch block that drops the exception, or a thread whose"
            + " exception nobody asks for. Half an answer now passes for a whole one.");
  }

  @Check(
      step = 7,
      value = "lets the program end after a reset",
      points = 1,
      read = "chapter 2, \"Two directions at once\"")
  void noThreadLeft() throws Exception {
    try (var talk = Conversation.startAsInMain()) {
      talk.keyboard.type("TITLE Moby-Dick\r\n");
      talk.hear(17);
      talk.wire.reset();
      var given = given("a reset while nobody types");
      wantsIOException(given, talk);
      var reader = talk.keyboard.reader();
      if (reader.isAlive() && !reader.isDaemon()) {
        throw given.wrong(
            "at most a daemon thread left in in.read()",
            "the thread \"%s\" in in.read(), and it is no daemon".formatted(reader.getName()),
            "A JVM ends when its last thread ends that is no daemon. This one ends with the next"
                + " key, and nobody types: the program hangs after its error message. A virtual"
                + " thread is a daemon always, a platform thread when you say so.");
      }
    }
  }

  private static void wantsReturn(Given given, Conversation talk) throws Exception {
    if (!talk.ends()) {
      throw given.wrong(
          "pump returns",
          "pump still runs",
          "With both directions at their end nothing is left to wait for.");
    }
    talk.rethrow();
  }
}
