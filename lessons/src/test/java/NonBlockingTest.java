import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Lesson 12: nobody who is silent or slow keeps the others, and nobody keeps much of us. */
class NonBlockingTest {
  private static final String GREETING = "Welcome. Enter 0, or exit.\n";

  @AutoClose private final Children children = new Children();
  private Child server;
  private int port;

  private void serve(String how) throws Exception {
    server = children.run(Lesson.named("L12NonBlocking"), "0", how);
    port = Service.port(server);
  }

  private Wire call() throws IOException {
    return greeted(Wire.call(port));
  }

  private static Wire greeted(Wire caller) throws IOException {
    hears(caller, GREETING);
    return caller;
  }

  private static Wire say(Wire to, String text) throws IOException {
    return to.say(text.getBytes(ISO_8859_1));
  }

  private static void hears(Wire caller, String text) throws IOException {
    assertThat(new String(caller.hear(text.length()), ISO_8859_1)).isEqualTo(text);
  }

  private static void hearsTheLast(Wire caller, String text) throws IOException {
    assertThat(new String(caller.hearAll(), ISO_8859_1)).isEqualTo(text);
  }

  @Nested
  class Polling {
    Polling() throws Exception {
      serve("polling");
    }

    @Test
    void servesThoseWhoSpeakWhileTheOthersAreInTheMiddleOfALine() throws Exception {
      var callers = new ArrayList<Wire>();
      for (int i = 0; i < 20; i++) callers.add(say(call(), "line " + i));
      for (int i = 19; i >= 0; i--) hears(say(callers.get(i), "\n"), "line " + i + "\n");
      for (var caller : callers) hearsTheLast(say(caller, "exit\n"), "Goodbye\n");
    }

    @Test
    void answersTheLinesBeforeTheOneThatFails() throws Exception {
      try (var caller = say(call(), "0\ncrash\n0\n");
          var other = call()) {
        hearsTheLast(caller, "You entered 0\n");
        server.awaitOut("failed: java.lang.IllegalStateException: crash, as asked\n");
        hears(say(other, "still here?\n"), "still here?\n");
      }
    }
  }

  @Nested
  class Blocking {
    Blocking() throws Exception {
      serve("blocking");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "/proc shows what the server has not read")
    void servesTheSecondWhenTheFirstHasGone() throws Exception {
      try (var first = call();
          var second = say(Wire.call(port), "0\n")) {
        hears(say(first, "0\n"), "You entered 0\n");
        assertThat(Proc.unread(second)).isEqualTo(2);
        assertThat(second.available()).isZero();
        hearsTheLast(say(first, "exit\n"), "Goodbye\n");
        hears(second, GREETING + "You entered 0\n");
      }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the processor's time is read from /proc")
    void restsWhileNobodySpeaks() throws Exception {
      try (var caller = call()) {
        hears(say(caller, "0\n"), "You entered 0\n");
        Proc.soon().until(() -> states().allMatch("S"::equals));
      }
    }

    /** Of all threads: S is one that waits, R one that runs or would like to. */
    private Stream<String> states() throws IOException {
      var states = new ArrayList<String>();
      try (var tasks = Files.newDirectoryStream(Path.of("/proc/" + server.pid() + "/task"))) {
        for (var task : tasks) {
          var stat = Files.readString(task.resolve("stat"));
          states.add(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[0]); // (a name) S ...
        }
      }
      return states.stream();
    }
  }

  @Nested
  class TheLine {
    TheLine() throws Exception {
      serve("polling");
    }

    @Test
    void mayBeAsLongAsTheLimitWhateverItsEnd() throws Exception {
      var line = "x".repeat(Lesson.named("L12NonBlocking").limit("MAX_LINE_BYTES"));
      try (var caller = say(call(), line + "\r\n" + line + "\n" + line + "\r")) {
        hears(caller, line + "\n" + line + "\n");
        hears(say(caller, "\n0\n"), line + "\nYou entered 0\n");
        hearsTheLast(say(caller, line + "x"), "");
        server.awaitOut("lost: over 4096 bytes\n");
      }
    }

    @Test
    void losesNoneOfAThousandShortOnesInOnePacket() throws Exception {
      try (var caller = say(call(), "0\n".repeat(5_000)).finish()) {
        hearsTheLast(caller, "You entered 0\n".repeat(5_000));
      }
      server.awaitOut("has left\n");
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "other systems have other buffers")
  void theDemoShowsWhatWouldBlock() throws Exception {
    var demo = children.run(Lesson.named("L12NonBlocking"), "demo");
    assertThat(demo.exitCode()).isZero();
    assertThat(demo.out())
        .contains("accept, nobody has called: null\n")
        .containsPattern("read, nothing has come: 0, ‹[1-9][0-9,]+› times")
        .containsPattern("write, nobody reads: ‹[1-9][0-9,]+› of 50,000,000 bytes, then 0\n")
        .contains("read from its stream: java.nio.channels.IllegalBlockingModeException\n");
  }
}
