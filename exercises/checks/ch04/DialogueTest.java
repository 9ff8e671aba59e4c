package ch04;

import static grader.Given.given;
import static java.nio.charset.StandardCharsets.UTF_8;

import grader.Bytes;
import grader.Check;
import grader.Exercise;
import grader.Given;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

@Exercise(id = "4.1", title = "The dialogue", file = "ch04/Dialogue.java", level = 2, minutes = 30)
class DialogueTest {
  private static final String GREETING = "Welcome! 欢迎! Enter 0, or exit.␊";

  private static final String ON_A_MACHINE = ", on a machine whose default charset is ISO-8859-1";

  @Check(
      step = 1,
      value = "greets a client before it says anything",
      points = 1,
      read = "chapter 4, \"Who may speak\"")
  void greets() throws Exception {
    try (var visit = Visit.start()) {
      var got = visit.hear();
      if (isGreeting(got)) return;
      throw given("a client that has called and says nothing yet")
          .wrong(
              "the client hears " + GREETING,
              "the client hears " + got,
              got.equals("[silence]")
                  ? "Both ends wait for each other now. Either talk reads before it greets, or the"
                      + " greeting stands in a buffer that nobody flushes: a BufferedWriter or a"
                      + " PrintWriter keeps what it is given until it is full."
                  : "The first line is the greeting, with its line feed.");
    }
  }

  /** In whatever charset: that is for a later step. */
  private static boolean isGreeting(String heard) {
    return heard.startsWith("Welcome! ") && heard.endsWith("! Enter 0, or exit.␊");
  }

  @Check(
      step = 2,
      value = "answers each line when it has come",
      points = 1,
      read = "chapter 4, \"Who may speak\"")
  void answers() throws Exception {
    try (var visit = Visit.start()) {
      visit.hear();
      wantsAnswer(visit, "0", "You entered 0␊");
      wantsAnswer(visit, "opening hours?", "Please re-enter, not opening hours?␊");
      wantsAnswer(visit, "exits", "Please re-enter, not exits␊");
      wantsAnswer(visit, "00", "Please re-enter, not 00␊");
      wantsAnswer(visit, "", "Please re-enter, not ␊");
      wantsAnswer(visit, "0", "You entered 0␊");
    }
  }

  private static void wantsAnswer(Visit visit, String line, String answer) throws IOException {
    visit.client.say(line + "\n");
    var got = visit.hear();
    wantsHeard(
        given("the line \"%s\", from a client that then waits".formatted(line)),
        answer,
        got,
        got.equals("[silence]")
            ? "This looks like code that reads until the client has ended, or that keeps its answer"
                + " in a buffer. The client ends after the answer, not before it."
            : "0 and exit are whole lines. Any other line is one to re-enter.");
  }

  @Check(
      step = 3,
      value = "reads lines, however they arrive",
      points = 2,
      read = "chapter 4, \"A line, and its end\"")
  void split() throws Exception {
    var said = "0\nhours\n0\n";
    wantsLines("the lines 0, hours and 0 in one packet", List.of(said));
    for (int at = 1; at < said.length(); at++) {
      var pieces = List.of(said.substring(0, at), said.substring(at));
      wantsLines("\"%s\"".formatted(Bytes.visible(String.join("\" and then \"", pieces))), pieces);
    }
    wantsLines("the lines 0, hours and 0 in packets of 1 byte", List.of(said.split("")));
    wantsLines(
        "the lines 0, hours and 0 with CR LF, in one packet", List.of(said.replace("\n", "\r\n")));
    wantsLines(
        "the lines 0, hours and 0, cut between a CR and its LF",
        List.of("0\r", "\nhours\r\n0\r\n"));
  }

  private static void wantsLines(String what, List<String> pieces) throws IOException {
    try (var visit = Visit.start(pieces.toArray(String[]::new))) {
      visit.hear();
      var got = visit.hear(3);
      wantsHeard(
          given(what),
          "You entered 0␊Please re-enter, not hours␊You entered 0␊",
          got,
          got.endsWith("[silence]")
              ? "Lines have come, and nobody has answered them. This looks like code that makes a"
                  + " new reader for each line, or drops what a read brought beyond the first"
                  + " line. A reader reads ahead; what it has read is in it and nowhere else."
              : what.contains(" CR")
                  ? "Some clients end a line with CR LF. The CR is part of the end, not of the"
                      + " line."
                  : "This looks like code that takes one read() for one line. TCP carries bytes: a"
                      + " line may come in two reads, and one read may bring two lines.");
    }
  }

  @Check(
      step = 4,
      value = "speaks UTF-8, on every machine",
      points = 1,
      read = "chapter 4, \"A line, and its end\"")
  void charset() throws Exception {
    try (var visit = Visit.start()) {
      wantsHeard(
          given("a client that has called" + ON_A_MACHINE),
          GREETING,
          visit.hear(),
          "Name the charset where text becomes bytes. Without it the machine's default decides, and"
              + " a character that it does not have becomes a question mark.");
    }
    var line = "Zoë 你好 😀";
    var bytes = (line + "\n").getBytes(UTF_8);
    wantsEcho("the line \"%s\"".formatted(line), line, List.of(bytes));
    wantsEcho("the line \"%s\" in packets of 1 byte".formatted(line), line, bytesOf(bytes));
  }

  private static List<byte[]> bytesOf(byte[] bytes) {
    var each = new ArrayList<byte[]>();
    for (int at = 0; at < bytes.length; at++) each.add(Arrays.copyOfRange(bytes, at, at + 1));
    return each;
  }

  private static void wantsEcho(String what, String line, List<byte[]> pieces) throws IOException {
    try (var visit = Visit.start(pieces)) {
      visit.hear();
      wantsHeard(
          given(what + ON_A_MACHINE),
          "Please re-enter, not %s␊".formatted(line),
          visit.hear(),
          "Name the charset wherever bytes become text and where text becomes bytes, and decode a"
              + " line when it is whole: a read may end within a character.");
    }
  }

  @Check(
      step = 5,
      value = "ends when the client has said all",
      points = 1,
      read = "chapter 4, \"A line, and its end\"")
  void end() throws Exception {
    try (var visit = Visit.start()) {
      visit.hear();
      visit.client.say("0\n");
      visit.client.wire.sendEnd();
      wantsEnd(given("the line \"0\", and then the client's end"), "You entered 0␊ [end]", visit);
    }
    try (var visit = Visit.start()) {
      visit.hear();
      visit.client.wire.sendEnd();
      wantsEnd(given("a client that hears the greeting, and ends"), "[end]", visit);
    }
  }

  /** Asks for one line more than there may be. */
  private static void wantsEnd(Given given, String wanted, Visit visit) throws Exception {
    var got = visit.client.hear(wanted.startsWith("[") ? 1 : 2);
    if (visit.ends() && visit.thrown() != null && !(visit.thrown() instanceof IOException)) {
      throw given.wrong(
          "talk returns",
          "talk throws " + visit.thrown(),
          "readLine() returns null at the end of the stream, and read() returns -1. That is no line"
              + " to answer: the client has said all, and the conversation is over.");
    }
    visit.rethrow();
    wantsHeard(
        given,
        wanted,
        got,
        got.endsWith("[silence]")
            ? "talk goes on. At the end of a stream every read returns at once with -1, every"
                + " readLine with null: a loop that does not look for that never ends."
            : got.endsWith("[end]")
                ? "The line has come whole, and the client still listens: half-close ends one"
                    + " direction only."
                : "This looks like code that takes the end of the stream for one more line, and for"
                    + " another, for ever.");
    if (!visit.ends()) {
      throw given.wrong(
          "talk returns", "talk goes on", "Nobody is left to talk to; the next client waits.");
    }
  }

  @Check(
      step = 6,
      value = "serves the next client after an exit",
      points = 2,
      read = "chapter 4, \"Where the second caller waits\"")
  void next() throws Exception {
    try (var desk = new Desk()) {
      for (var who : List.of("first", "second", "third")) {
        var client = desk.call();
        wantsGreeting(given("the %s client, who calls serve".formatted(who)), desk, client);
        client.say("exit\n");
        var got = client.hear(2);
        desk.rethrowUnchecked();
        wantsHeard(
            given("the line \"exit\", from the %s client".formatted(who)),
            "Goodbye␊ [end]",
            got,
            got.endsWith("[silence]")
                ? "The conversation is over and the connection is not. Nobody else can close it:"
                    + " the client waits, and the descriptor stays open until the program ends."
                : "First the answer, then the end.");
      }
    }
  }

  private static void wantsGreeting(Given given, Desk desk, Client client) throws Exception {
    var got = client.hear();
    desk.rethrowUnchecked();
    if (isGreeting(got)) return;
    if (desk.ends()) {
      client.wire.mark("By now serve has ended.");
      throw given.wrong(
          "the client hears " + GREETING,
          desk.end().orElseThrow(),
          desk.thrown() == null
              ? "A server outlives its conversations: exit ends one of them, and the loop around"
                  + " accept goes on. Whoever calls now is in a queue that nobody empties."
              : "One client's trouble is that client's. Catch the exception around one"
                  + " conversation, inside of the loop, and the next client never learns of it.");
    }
    wantsHeard(
        given,
        GREETING,
        got,
        "The client is connected: its kernel and ours have seen to that. It is not accepted. This"
            + " looks like a server that accepts once, or that is still busy with the one before.");
  }

  @Check(
      step = 7,
      value = "outlives a client that is lost",
      points = 1,
      read = "chapter 4, \"Six steps\"")
  void lost() throws Exception {
    try (var desk = new Desk()) {
      var lost = desk.call();
      wantsGreeting(given("a client that calls serve"), desk, lost);
      lost.say("0\n");
      lost.hear();
      lost.wire.reset();
      var next = desk.call();
      wantsGreeting(given("a client that resets, and then another"), desk, next);
      next.say("exit\n");
      next.hear(2);
      if (!lost.atTheDesk().isClosed()) {
        throw given("a client that resets, and then another")
            .wrong(
                "both sockets closed",
                "the socket of the lost client is still open",
                "A connection that is lost still holds its descriptor. Close it on every way out:"
                    + " try (client) does.");
      }
    }
  }

  @Check(
      step = 8,
      value = "ends when its listener is closed",
      points = 1,
      read = "chapter 4, \"Six steps\"")
  void closed() throws Exception {
    try (var desk = new Desk()) {
      var client = desk.call();
      wantsGreeting(given("a client that calls serve"), desk, client);
      client.say("exit\n");
      client.hear(2);
      desk.closeListener();
      var given = given("a listener that is closed while serve waits in accept");
      boolean ended = desk.ends();
      desk.rethrowUnchecked();
      if (!ended || desk.thrown() instanceof Desk.Spinning) {
        throw given.wrong(
            "serve ends",
            ended ? "accept is called another 100 times" : "serve goes on",
            "A catch around accept takes the end of the server for one more lost client. accept on"
                + " a closed listener fails at once, each time: the loop never ends, and uses up a"
                + " processor. Only a conversation belongs into that try.");
      }
    }
  }

  private static void wantsHeard(Given given, String wanted, String got, String means) {
    given.wants("the client hears " + wanted, "the client hears " + got, means);
  }
}
