package ch12;

import ch12.EchoLine.Visit;
import grader.Bytes;
import grader.Check;
import grader.Exercise;
import grader.Given;
import grader.Wire;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

@Exercise(
    id = "12.1",
    title = "Four answers of read",
    file = "ch12/EchoLine.java",
    level = 2,
    minutes = 35)
class EchoLineTest {
  private static final String LINE = "Branch 17 to the main house: do you hear us?\n";
  private static final int A_FEW = 10;
  private static final int MANY = 1_000;

  @Check(
      step = 1,
      value = "says again what comes over a real connection",
      points = 1,
      read = "chapter 12, \"Four answers of read\"")
  void realChannel() throws Exception {
    var said = new byte[] {'Z', 'o', (byte) 0xEB, ' ', 0, (byte) 0xFF, (byte) 0x80, '\r', '\n'};
    var given = Given.given("nine bytes, over a SocketChannel that does not block");
    var near = SocketChannel.open();
    try (var wire = Wire.open(near.socket())) {
      near.configureBlocking(false);
      wire.far().setSoTimeout(1);
      wire.send(said);
      var line = new EchoLine(near);
      var heard = new byte[said.length];
      int count = 0;
      long deadline = System.nanoTime() + 2_000_000_000;
      while (count < heard.length && System.nanoTime() < deadline) {
        var visit = line.visit();
        if (visit != Visit.IDLE && visit != Visit.MOVED)
          throw given.wrong("IDLE or MOVED", "" + visit, "The branch is there, and has not ended.");
        count += hear(wire, heard, count);
      }
      given.wants(
          said,
          Arrays.copyOf(heard, count),
          "Bytes go back as they came. This line carries no text: to decode them changes those that"
              + " are no characters.");
    }
  }

  private static int hear(Wire wire, byte[] into, int from) throws IOException {
    try {
      return Math.max(0, wire.far().getInputStream().read(into, from, into.length - from));
    } catch (SocketTimeoutException notYet) {
      return 0;
    }
  }

  @Check(
      step = 2,
      value = "asks once, and goes on to the next line",
      points = 1,
      read = "chapter 12, \"It would block\"")
  void once() {
    var silent = new Branch("a branch that says nothing");
    for (int i = 0; i < A_FEW; i++) silent.visit();

    var deaf = new Branch("a line that takes nothing of what was said").says(LINE);
    for (int i = 0; i < A_FEW; i++) deaf.takes(0);
    for (int i = 0; i < A_FEW; i++) deaf.visit();

    var talkative = new Branch("a branch that has always more to say");
    for (int i = 0; i < A_FEW; i++) talkative.says(LINE);
    for (int i = 0; i < A_FEW; i++) talkative.visit();
  }

  @Check(
      step = 3,
      value = "takes 0 for not yet",
      points = 1,
      read = "chapter 12, \"Four answers of read\"")
  void zero() {
    var branch = new Branch("a branch that says nothing for two visits, and then a line");
    branch.pauses().pauses().says(LINE);
    for (int i = 0; i < 2; i++) {
      var visit = branch.visit();
      var got = "%s, and %s".formatted(visit, branch.state());
      branch
          .given()
          .wants(
              "IDLE, and an open channel",
              got,
              "read() has returned 0: nothing has come yet. The end of a stream is -1. This branch"
                  + " has not hung up, it thinks.");
    }
    for (int i = 0; i < A_FEW && branch.heard().length() < LINE.length(); i++) {
      var visit = branch.visit();
      branch.given().wants(Visit.MOVED, visit, "This visit has read a line, or written one.");
    }
    wantsHeard(branch, LINE, "It was said after two visits that found nothing.");
    branch
        .given()
        .wants(
            Visit.IDLE, branch.visit(), "All is back, and nothing more has come: no byte moved.");
  }

  @Check(
      step = 4,
      value = "takes -1 for the end",
      points = 1,
      read = "chapter 12, \"Four answers of read\"")
  void end() {
    wantsOver(new Branch("a branch that ends without a word").ends(), "");
    wantsOver(new Branch("a branch that says a line, and ends").says(LINE).ends(), LINE);
  }

  private static void wantsOver(Branch branch, String line) {
    var visit = branch.visits(A_FEW);
    wantsHeard(branch, line, "It was said before the end.");
    branch
        .given()
        .wants(
            "OVER",
            visit == Visit.OVER ? "OVER" : visit + ", after %d visits".formatted(A_FEW),
            "At its end a stream does not wait: every read returns -1 at once, in this visit and in"
                + " all that follow. Nobody else will say that it is over.");
    wantsClosed(branch);
  }

  private static void wantsClosed(Branch branch) {
    branch
        .given()
        .wants(
            "a closed channel",
            branch.state(),
            "Nobody visits this line again. What is not closed here is open for ever: a descriptor"
                + " for each branch that has gone.");
  }

  @Check(
      step = 5,
      value = "keeps its place when a write takes a part",
      points = 2,
      read = "chapter 12, \"A write that stops\"")
  void place() {
    for (int most = 1; most <= 9; most++) {
      var branch =
          new Branch(
              "a line that takes %d, then 0, then %d bytes, and so on".formatted(most, most));
      branch.says(LINE).pauses().says("And now?\n");
      for (int i = 0; i < LINE.length(); i++) branch.takes(most).takes(0);
      wantsAll(branch, LINE + "And now?\n");
    }
  }

  private static void wantsAll(Branch branch, String text) {
    for (int i = 0; i < MANY && branch.heard().length() < text.length(); i++) branch.visit();
    var got = branch.heard();
    wantsHeard(
        branch,
        text,
        got.length() < text.length()
            ? "Bytes are missing. A write takes what there is room for, and says how many. What it"
                + " has left is still in the buffer, from its position on: clear() forgets it, and"
                + " so does a buffer that is made anew for each visit. compact() keeps it."
            : "More than was said, or in another order. A write that took a part is to be continued"
                + " behind that part.");
  }

  private static void wantsHeard(Branch branch, String text, String means) {
    branch.given().wants(orNothing(text), orNothing(branch.heard()), means);
  }

  private static String orNothing(String text) {
    return text.isEmpty() ? "nothing" : Bytes.visible(text);
  }

  @Check(
      step = 6,
      value = "keeps no more than 1024 bytes of a branch",
      points = 2,
      read = "chapter 12, \"What is kept of a caller\"")
  void bound() {
    var pieces = new StringBuilder();
    var branch = new Branch("10,000 bytes, and a line that takes none of them for 100 visits");
    for (int i = 0; pieces.length() < 10_000; i++) {
      var piece = "%099d\n".formatted(i);
      pieces.append(piece);
      branch.says(piece);
    }
    for (int i = 0; i < 100; i++) branch.takes(0);
    for (int i = 0; i < 100; i++) {
      branch.visit();
      if (branch.owed() > EchoLine.BUFFER_BYTES)
        throw branch
            .given()
            .wrong(
                "1024 bytes at most that were read and are not back",
                branch.owed() + " bytes, after %d visits".formatted(i + 1),
                "The branch writes and does not read, and it may go on for days. What is not read"
                    + " here stays in the kernels, and then with the branch: its own writes stop.");
    }
    var text = pieces.toString();
    for (int i = 0; i < MANY && branch.heard().length() < text.length(); i++) branch.visit();
    branch
        .given()
        .wants(
            "10,000 bytes back, as they came",
            branch.heard().equals(text)
                ? "10,000 bytes back, as they came"
                : "%,d bytes back%s"
                    .formatted(
                        branch.heard().length(),
                        text.startsWith(branch.heard()) ? "" : ", not as they came"),
            "The line was only slow. When it takes bytes again, all of them have to come.");
  }

  @Check(
      step = 7,
      value = "pays what it owes before it closes",
      points = 1,
      read = "chapter 12, \"Four answers of read\"")
  void owedAtTheEnd() {
    for (int most : new int[] {1, 7, LINE.length()}) {
      var bytes = most == 1 ? "1 byte" : most + " bytes";
      var branch =
          new Branch("a line, then its end; a write takes nothing, and the next one " + bytes);
      branch.says(LINE).ends();
      for (int i = 0; i < LINE.length(); i++) branch.takes(0).takes(most);
      var visit = branch.visits(MANY);
      wantsHeard(
          branch,
          LINE,
          branch.isOpen()
              ? "The branch has said all, and waits for the rest of it."
              : "Closed too early. -1 says that the branch has said all. It still listens, and it"
                  + " is owed the rest.");
      branch.given().wants(Visit.OVER, visit, "All is said, and all of it is back.");
      wantsClosed(branch);
    }
  }

  @Check(
      step = 8,
      value = "gives up a line that is lost",
      points = 1,
      read = "chapter 12, \"Four answers of read\"")
  void lost() {
    wantsLost(
        new Branch("a read that throws \"Connection reset\"")
            .says(LINE)
            .takes(3)
            .loses(new SocketException("Connection reset")));
    wantsLost(
        new Branch("a write that throws \"Broken pipe\"")
            .says(LINE)
            .takes(3)
            .refuses(new IOException("Broken pipe")));
  }

  private static void wantsLost(Branch branch) {
    Visit visit;
    try {
      visit = branch.visits(A_FEW);
    } catch (RuntimeException thrown) {
      throw branch
          .given()
          .wrong(
              "LOST",
              thrown.toString(),
              "The thread that visits this line visits 39 others. What one branch throws must not"
                  + " end them.");
    }
    branch
        .given()
        .wants(Visit.LOST, visit, "The connection is lost: nothing can come, nothing can go.");
    wantsClosed(branch);
  }
}
