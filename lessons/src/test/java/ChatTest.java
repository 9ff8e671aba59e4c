import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Lesson 04: two people who take turns, and what becomes of those who wait. */
class ChatTest {
  private static final String BY_ITSELF = "Don't answer, don't answer, don't answer\n";

  @AutoClose private final Children children = new Children();

  private Child start(String... args) throws Exception {
    return children.run(Lesson.named("L04Chat"), args);
  }

  private static String hearLine(Wire from) throws IOException {
    var line = new StringBuilder();
    while (line.isEmpty() || line.charAt(line.length() - 1) != '\n') {
      var next = from.hear(1);
      if (next.length == 0) return line + "[end]";
      line.append((char) next[0]);
    }
    return line.toString();
  }

  private static Wire say(Wire to, String text) throws IOException {
    return to.say(text.getBytes(UTF_8));
  }

  @Nested
  class TheServer {
    private Child server;
    private int port;

    @BeforeEach
    void listen() throws Exception {
      server = start("0");
      port = Service.port(server);
    }

    @Test
    void asksItsPersonWhenALineHasCome() throws Exception {
      try (var caller = Wire.call(port)) {
        server.awaitOut("A call from port " + caller.port() + "[.]\n$");
        say(caller, "Yaoyao\n");
        server.awaitOut("They: Yaoyao\nYou: $");
        server.type("Yes?\n");
        assertThat(hearLine(caller)).isEqualTo("Yes?\n");
        say(caller, "When do you open?\r\n");
        server.awaitOut("They: When do you open[?]\nYou: $");
        server.type("At eight.\n");
        assertThat(hearLine(caller)).isEqualTo("At eight.\n");
      }
      server.awaitOut("Goodbye, port [0-9]+[.]\n");
    }

    @Test
    void answersLineByLineHoweverManyComeAtOnce() throws Exception {
      try (var caller = Wire.call(port)) {
        say(caller, "one\ntwo\n0\n");
        server.awaitOut("They: one\nYou: $");
        server.type("1\n");
        assertThat(hearLine(caller)).isEqualTo("1\n");
        server.awaitOut("They: two\nYou: $");
        server.type("2\n");
        assertThat(hearLine(caller)).isEqualTo("2\n");
        assertThat(hearLine(caller)).isEqualTo("You entered 0\n");
      }
    }

    @Test
    void takesAnExitFromItsPerson() throws Exception {
      try (var caller = say(Wire.call(port), "Yaoyao\n")) {
        server.awaitOut("You: $");
        server.type("exit\n");
        assertThat(caller.hearAll()).isEqualTo("exit\n".getBytes(UTF_8));
      }
      answersTheNext();
    }

    @Test
    void takesAnExitFromItsCallerAndMeansTheWholeLine() throws Exception {
      try (var caller = say(Wire.call(port), "exit \n")) {
        server.awaitOut("They: exit \nYou: $");
        server.type("EXIT\n");
        assertThat(hearLine(caller)).isEqualTo("EXIT\n");
        say(caller, "exit\r\n");
        assertThat(caller.hearAll()).isEqualTo("exit\n".getBytes(UTF_8));
      }
      answersTheNext();
    }

    @Test
    void dropsWhatWasTypedBeforeTheCall() throws Exception {
      server.type("Hello?\nIs anybody there?\n");
      try (var caller = Wire.call(port)) {
        server.awaitOut("Nobody heard: Hello[?]\nNobody heard: Is anybody there[?]\n");
        say(caller, "Yaoyao\n");
        server.awaitOut("They: Yaoyao\nYou: $");
        server.type("Yes?\n");
        assertThat(hearLine(caller)).isEqualTo("Yes?\n");
      }
    }

    @Test
    void outlivesACallerWhoLeavesWhileItsPersonIsTyping() throws Exception {
      try (var caller = say(Wire.call(port), "Yaoyao\n")) {
        server.awaitOut("You: $");
      }
      server.type("Where are you?\n");
      answersTheNext();
    }

    @Test
    void outlivesACallerWhoResetsWhileItsPersonIsTyping() throws Exception {
      var caller = say(Wire.call(port), "Yaoyao\n");
      server.awaitOut("You: $");
      caller.reset();
      server.type("Where are you?\n");
      server.awaitOut("  lost: .*\n");
      answersTheNext();
    }

    @Test
    void answersByItselfFromTheMomentItsInputEnds() throws Exception {
      try (var caller = say(Wire.call(port), "Yaoyao\n")) {
        server.awaitOut("You: $");
        server.endInput();
        assertThat(hearLine(caller)).isEqualTo(BY_ITSELF);
        say(caller, "Why?\n");
        assertThat(hearLine(caller)).isEqualTo(BY_ITSELF);
      }
      try (var next = say(Wire.call(port), "Yaoyao\n").finish()) {
        assertThat(next.hearAll()).isEqualTo(BY_ITSELF.getBytes(UTF_8));
      }
      server.awaitOut("Auto: Don't answer.*\n(?s).*Auto: Don't answer");
    }

    @Test
    void answersWhoHalfClosesAndListens() throws Exception {
      try (var caller = say(Wire.call(port), "Yaoyao\n").finish()) {
        server.awaitOut("You: $");
        server.type("Yes?\n");
        assertThat(caller.hearAll()).isEqualTo("Yes?\n".getBytes(UTF_8));
      }
      server.awaitOut("Goodbye, port ");
    }

    @Test
    void readsCharactersThatComeInPieces() throws Exception {
      try (var caller = Wire.call(port)) {
        for (byte next : "你好, Zoë 😀\n".getBytes(UTF_8)) {
          caller.say(next);
          if (Proc.HERE) Proc.awaitRead(caller);
        }
        server.awaitOut("They: 你好, Zoë 😀\nYou: $");
        server.type("你好!\n");
        assertThat(new String(caller.hear(8), UTF_8)).isEqualTo("你好!\n");
      }
    }

    @Test
    void saysThatALineHadNoEnd() throws Exception {
      try (var caller = say(Wire.call(port), "Yaoy").finish()) {
        assertThat(caller.hearAll()).isEmpty();
      }
      server.awaitOut("  lost: closed in the middle of a line\n");
      answersTheNext();
    }

    @Test
    void showsWhatATerminalWouldObey() throws Exception {
      try (var caller = say(Wire.call(port), "\u001b[2J\u0007\u009b1m\u007f\r!\n")) {
        server.awaitOut("They: ␛\\[2J␇�1m�␍!\nYou: $");
        assertThat(caller.available()).isZero();
      }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "/proc shows what the server has not read")
    void keepsTheSecondCallerWaitingUntilTheFirstHasGone() throws Exception {
      try (var first = say(Wire.call(port), "Yaoyao\n")) {
        server.awaitOut("You: $");
        try (var second = say(Wire.call(port), "0\n")) {
          server.type("Yes?\n");
          assertThat(hearLine(first)).isEqualTo("Yes?\n");
          say(first, "0\n");
          assertThat(hearLine(first)).isEqualTo("You entered 0\n");
          assertThat(Proc.unread(second)).isEqualTo(2);
          assertThat(second.available()).isZero();
          say(first, "exit\n").hearAll();
          assertThat(hearLine(second)).isEqualTo("You entered 0\n");
        }
      }
    }

    private void answersTheNext() throws IOException {
      try (var next = say(Wire.call(port), "0\nexit\n")) {
        assertThat(next.hearAll()).isEqualTo("You entered 0\nexit\n".getBytes(UTF_8));
      }
    }
  }

  @Nested
  class TheClient {
    @AutoClose private final ServerSocket listener = Wire.listen();
    private Child client;
    @AutoClose private Wire server;

    TheClient() throws IOException {}

    @BeforeEach
    void call() throws Exception {
      client = start("call", "" + listener.getLocalPort());
      server = Wire.accept(listener);
      client.awaitOut("Connected[.].*\nYou: $");
    }

    @Test
    void speaksFirstAndThenTakesTurns() throws Exception {
      client.type("Yaoyao\n");
      assertThat(hearLine(server)).isEqualTo("Yaoyao\n");
      say(server, "Yes?\n");
      client.awaitOut("They: Yes[?]\nYou: $");
      client.type("When do you open?\n");
      assertThat(hearLine(server)).isEqualTo("When do you open?\n");
      leaves();
    }

    @Test
    void waitsForTheEndOfAnAnswerThatComesByteByByte() throws Exception {
      client.type("Yaoyao\n");
      hearLine(server);
      for (byte next : "Zoë 😀 says yes\r\n".getBytes(UTF_8)) server.say(next);
      client.awaitOut("They: Zoë 😀 says yes\nYou: $");
      leaves();
    }

    @Test
    void takesAnExitFromEitherSide() throws Exception {
      client.type("Yaoyao\n");
      hearLine(server);
      say(server, "exit\n");
      client.awaitOut("They: exit\n$");
      assertThat(client.exitCode()).isZero();
      assertThat(hearLine(server)).isEqualTo("[end]");
    }

    @Test
    void halfClosesWhenItsInputEndsAndStillListens() throws Exception {
      client.type("Yaoyao\n");
      hearLine(server);
      say(server, "Yes?\n");
      client.awaitOut("They: Yes[?]\nYou: $");
      client.endInput();
      assertThat(hearLine(server)).isEqualTo("[end]");
      say(server, "One more thing.\nAnd another.\n");
      client.awaitOut("They: One more thing.\nThey: And another.\n");
      server.close();
      client.awaitOut("They have hung up[.]\n");
      assertThat(client.exitCode()).isZero();
      assertThat(client.err()).isEmpty();
    }

    @Test
    void saysThatTheServerHasHungUp() throws Exception {
      client.type("Yaoyao\n");
      hearLine(server);
      server.close();
      client.awaitOut("They have hung up[.]\n");
      assertThat(client.exitCode()).isZero();
    }

    @Test
    void saysThatTheConnectionWasReset() throws Exception {
      client.type("Yaoyao\n");
      hearLine(server);
      server.reset();
      isLost("lost: port %d: Connection reset".formatted(listener.getLocalPort()));
    }

    @Test
    void saysThatAnAnswerHadNoEnd() throws Exception {
      client.type("Yaoyao\n");
      hearLine(server);
      say(server, "Ye");
      isLost("lost: port %d: closed in the middle of a line".formatted(listener.getLocalPort()));
    }

    @Test
    void keepsNoMoreOfAnAnswerThanALine() throws Exception {
      int limit = Lesson.named("L04Chat").limit("MAX_LINE_BYTES");
      client.type("Yaoyao\n");
      hearLine(server);
      say(server, "y".repeat(limit) + "\n");
      client.awaitOut("They: y{%d}\nYou: $".formatted(limit));
      client.type("And now?\n");
      hearLine(server);
      say(server, "y".repeat(limit + 1));
      client.awaitErr("lost: port [0-9]+: over %d bytes\n".formatted(limit));
      assertThat(client.exitCode()).isEqualTo(1);
    }

    @Test
    void showsWhatATerminalWouldObey() throws Exception {
      client.type("Yaoyao\n");
      hearLine(server);
      say(server, "\u001b]0;title\u0007\n");
      client.awaitOut("They: ␛\\]0;title␇\nYou: $");
    }

    /**
     * A server that says nothing may be thinking: only the one at the keyboard knows for how long.
     */
    @Test
    void waitsForASilentServerUntilItIsStopped() throws Exception {
      client.type("Yaoyao\n");
      hearLine(server);
      assertThat(client.isAlive()).isTrue();
      client.terminate();
      client.exitCode();
      assertThat(hearLine(server)).isEqualTo("[end]");
    }

    /** A line to somebody who is gone is written all the same: what comes back tells. */
    private void leaves() throws Exception {
      server.close();
      client.type("Are you there?\n");
      client.awaitOut("They have hung up[.]\n");
      assertThat(client.exitCode()).isZero();
      assertThat(client.err()).isEmpty();
    }

    private void isLost(String line) throws Exception {
      server.close();
      assertThat(client.exitCode()).isEqualTo(1);
      assertThat(client.errLines()).containsExactly(line);
    }
  }

  @Test
  void theClientSaysThatNobodyListens() throws Exception {
    int port;
    try (var listener = Wire.listen()) {
      port = listener.getLocalPort();
    }
    var client = start("call", "" + port);
    assertThat(client.exitCode()).isEqualTo(1);
    assertThat(client.errLines()).singleElement().asString().contains("" + port, "refused");
  }

  /** Nobody refuses the call, so only its own limit ends it. */
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "other systems count their queues in other ways")
  void theClientGivesUpWhereTheQueueIsFull() throws Exception {
    try (var listener = Wire.listen();
        var first = Wire.call(listener.getLocalPort());
        var second = Wire.call(listener.getLocalPort())) {
      var client = start("call", "" + listener.getLocalPort());
      assertThat(client.exitCode()).isEqualTo(1);
      assertThat(client.errLines())
          .containsExactly("lost: port %d: Connect timed out".formatted(first.peerPort()));
      assertThat(second.available()).isZero();
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "other systems count their queues in other ways")
  void theDemoFillsAQueue() throws Exception {
    var demo = start("demo");
    assertThat(demo.exitCode()).isZero();
    assertThat(demo.out())
        .contains("The second has heard 0 bytes so far.")
        .contains("Backlog 1: 2 connected; the next: java.net.SocketTimeoutException");
  }
}
