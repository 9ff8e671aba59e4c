package ch08;

import static grader.Given.given;

import grader.Bytes;
import grader.Check;
import grader.Exercise;
import grader.Given;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

@Exercise(
    id = "8.1",
    title = "Remove the stall",
    file = "ch08/Dialogue.java",
    level = 2,
    minutes = 25)
class DialogueTest {
  private static final String QUESTION = "TITLE Le Père Goriot";
  private static final String ANSWER = "3 copies, shelf 12";

  @Check(
      step = 1,
      value = "has the whole question on the wire before it waits",
      points = 2,
      read = "chapter 8, \"Write, write, read\"")
  void asks() throws Exception {
    try (var talk = new Talk("catalog")) {
      var given = given("the question \"%s\"".formatted(QUESTION));
      var heard = talk.ask(given, QUESTION, ANSWER);
      given.wants(
          Talk.message(QUESTION),
          talk.socket.written(),
          "The catalog reads the length, then as many bytes. The format stays as it is.");
      given.wants(ANSWER, heard, "The catalog has answered, and the desk wants to hear it.");
    }
  }

  @Check(
      step = 2,
      value = "leaves the socket's options alone",
      points = 1,
      read = "chapter 8, \"When to leave a knob alone\"")
  void options() throws Exception {
    try (var talk = new Talk("catalog")) {
      var given = given("a new Dialogue, a question and an answer");
      talk.ask(given, QUESTION, ANSWER);
      talk.put(QUESTION);
      talk.socket.forget();
      talk.answer(given, Talk.message(QUESTION).length, ANSWER);
      var set = talk.socket.options.stream().distinct().collect(Collectors.joining(", "));
      given.wants(
          "options set: none",
          "options set: " + (set.isEmpty() ? "none" : set),
          "TCP_NODELAY lets the second write leave at once, and so hides that there are two. No"
              + " option joins them: a send buffer's size is a limit, and what is in it leaves as"
              + " soon as it may. One write needs no option.");
    }
  }

  @Check(
      step = 3,
      value = "gives each question to the socket in one write",
      points = 2,
      read = "chapter 8, \"Write, write, read\"")
  void oneWrite() throws Exception {
    for (var question : List.of(QUESTION, "?", "TITLE " + "x".repeat(1000))) {
      try (var talk = new Talk("catalog")) {
        var given = given("a question of %,d bytes".formatted(Talk.message(question).length - 4));
        talk.ask(given, question, ANSWER);
        wantsOneWrite(given, talk);
      }
    }
  }

  private static void wantsOneWrite(Given given, Talk talk) {
    var wanted = writes(List.of(talk.socket.written().length));
    var got = writes(talk.socket.writes);
    talk.mark("Here your code had made %s.".formatted(count(talk.socket.writes.size(), "write")));
    given.wants(
        wanted,
        got,
        "The first part leaves at once. The next is little, and something is on its way: Nagle's"
            + " algorithm holds it until the ACK comes, and the peer's kernel delays the ACK,"
            + " because an answer may come that could carry it. It can't: half a message is no"
            + " message. flush has no say in the kernel, and a pause only adds to the wait. Put the"
            + " parts together before the socket sees them.");
  }

  @Check(
      step = 4,
      value = "sends each question alone, again and again",
      points = 1,
      read = "chapter 8, \"Write, write, read\"")
  void again() throws Exception {
    try (var talk = new Talk("catalog")) {
      for (int shelf = 1; shelf <= 10; shelf++) {
        var question = "SHELF " + shelf;
        var answer = shelf * 7 + " books";
        var given = given("question %d on the same connection".formatted(shelf));
        var heard = talk.ask(given, question, answer);
        given.wants(
            Talk.message(question),
            talk.socket.written(),
            "This looks like a buffer that is kept from question to question and not emptied. What"
                + " was sent is sent again.");
        given.wants(answer, heard, "Each question has an answer of its own.");
      }
    }
  }

  @Check(
      step = 5,
      value = "has the whole answer on the wire when it returns",
      points = 1,
      read = "chapter 8, \"Write, write, read\"")
  void answers() throws Exception {
    try (var talk = new Talk("desk")) {
      for (int shelf = 1; shelf <= 3; shelf++) {
        var question = "SHELF " + shelf;
        var answer = shelf * 7 + " books";
        talk.put(question);
        talk.socket.forget();
        var given = given("question %d from the desk".formatted(shelf));
        var more = talk.answer(given, Talk.message(question).length, answer);
        talk.mark("Here your code returned.");
        given.wants(
            Talk.message(answer),
            talk.socket.written(),
            "The desk waits for this answer, and asks no more before it has it. An answer that is"
                + " kept until something else comes is kept for ever, the last one in any case.");
        given.wants(true, more, "There was a question.");
      }
    }
  }

  @Check(
      step = 6,
      value = "gives each answer to the socket in one write",
      points = 1,
      read = "chapter 8, \"Write, write, read\"")
  void oneWriteForAnAnswer() throws Exception {
    try (var talk = new Talk("desk")) {
      talk.put(QUESTION);
      talk.socket.forget();
      var given = given("a question from the desk");
      talk.answer(given, Talk.message(QUESTION).length, ANSWER);
      wantsOneWrite(given, talk);
    }
  }

  @Check(
      step = 7,
      value = "does the same with a body of 1 MB",
      points = 2,
      read = "chapter 8, \"Write, write, read\"")
  void big() throws Exception {
    // One byte less than a megabyte: its length has bytes above 7f.
    var question = "q".repeat(Dialogue.MAX_BYTES - 1);
    var given = given("a question of %,d bytes".formatted(question.length()));
    try (var talk = new Talk("catalog")) {
      var heard = talk.ask(given, question, ANSWER);
      var wanted = Talk.message(question);
      var got = talk.socket.written();
      int at = Arrays.mismatch(wanted, got);
      if (at >= 0) {
        throw given.wrong(
            "%,d bytes, all as they should be".formatted(wanted.length),
            "%,d bytes, the first wrong one at offset %,d: %s"
                .formatted(got.length, at, Bytes.visible(Arrays.copyOfRange(got, 0, 8)) + " …"),
            "The header is a number, not text; the body is as long as it is. A buffer of a fixed"
                + " size is right until somebody asks for more.");
      }
      given.wants(ANSWER, heard, "The catalog has answered, and the desk wants to hear it.");
      given.wants(
          writes(List.of(wanted.length)),
          writes(talk.socket.writes),
          "This looks like a buffer of a fixed size. When something larger comes, it gives what it"
              + " has to the socket and starts again, or lets the large part pass by. So the"
              + " header leaves alone, and the stall is back for every long question. The buffer"
              + " has to be as large as the message.");
    }
  }

  private static String writes(List<Integer> sizes) {
    var shown = sizes.stream().limit(4).map("%,d"::formatted).collect(Collectors.joining(" + "));
    return "%s: %s%s bytes"
        .formatted(count(sizes.size(), "write"), shown, sizes.size() > 4 ? " + …" : "");
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
