import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Lesson 16: who has a thread, who waits for one, and who is not even accepted. */
class ThreadsTest {
  private static final Lesson LESSON = Lesson.named("L16Threads");
  private static final int MAX_CLIENTS = LESSON.limit("MAX_CLIENTS");
  private static final int POOL_THREADS = LESSON.limit("POOL_THREADS");
  private static final String GREETING = "Welcome. Enter 0, or exit.";

  @AutoClose private final Children children = new Children();
  private final List<Wire> callers = new ArrayList<>();
  private Child server;
  private int port;

  private void start(String how) throws Exception {
    server = children.run(LESSON, "0", how);
    port = Service.port(server);
  }

  private Wire call() throws IOException {
    var caller = Wire.call(port);
    callers.add(caller);
    return caller;
  }

  private List<Wire> greeted(int count) throws IOException {
    var greeted = new ArrayList<Wire>();
    for (int i = 0; i < count; i++) {
      greeted.add(call());
      assertThat(hearLine(greeted.getLast())).isEqualTo(GREETING);
    }
    return greeted;
  }

  @AfterEach
  void hangUp() throws IOException {
    for (var caller : callers) caller.close();
  }

  private static String hearLine(Wire from) throws IOException {
    var line = new StringBuilder();
    for (byte[] next; (next = from.hear(1)).length > 0 && next[0] != '\n'; ) {
      line.append((char) next[0]);
    }
    return line.toString();
  }

  private static String ask(Wire caller, String line) throws IOException {
    caller.say((line + "\n").getBytes(ISO_8859_1));
    return hearLine(caller);
  }

  private void leave(Wire caller) throws Exception {
    assertThat(ask(caller, "exit")).isEqualTo("Goodbye");
    server.awaitOut("Port " + caller.port() + " has left\n");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "/proc counts the threads")
  void givesEachClientAThreadForAsLongAsItStays() throws Exception {
    start("unlimited");
    var proc = new Proc(server.pid());
    leave(greeted(1).getFirst());
    int before = proc.threads();
    var idle = greeted(50);
    assertThat(proc.threads()).isGreaterThanOrEqualTo(before + 49); // one may have waited to end
    var ids = new HashSet<String>();
    for (var client : idle.reversed()) ids.add(ask(client, "who").split(" ")[4]);
    assertThat(ids).hasSize(50);
    for (var client : idle) leave(client);
    Proc.soon().until(() -> proc.threads() <= before + 1);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "/proc shows who is accepted")
  void leavesWhoeverIsOneTooManyInTheAcceptQueue() throws Exception {
    start("capped");
    var served = greeted(MAX_CLIENTS);
    server.awaitOut("All 100 places are taken: the next waits in the accept queue\n");
    var next = call().say("who\n".getBytes(ISO_8859_1));
    assertThat(ask(served.getLast(), "0")).isEqualTo("You entered 0");
    assertThat(Proc.unread(next)).isEqualTo(4);
    assertThat(new Proc(server.pid()).sockets()).hasSize(1 + MAX_CLIENTS);
    leave(served.getFirst());
    assertThat(hearLine(next)).isEqualTo(GREETING);
    assertThat(hearLine(next)).startsWith("process ");
  }

  @Test
  void getsThePlaceBackHoweverAClientEnds() throws Exception {
    start("capped");
    for (int i = 0; i < MAX_CLIENTS; i++) {
      var client = greeted(1).getFirst();
      switch (i % 4) {
        case 0 -> client.say("crash\n".getBytes(ISO_8859_1)).hearAllOrReset();
        case 1 -> client.reset();
        case 2 -> client.say("half a line".getBytes(ISO_8859_1)).finish().hearAllOrReset();
        default -> client.close();
      }
    }
    greeted(MAX_CLIENTS);
  }

  @Test
  void aPoolIsDeafToTheOneThatComesAfterItsThreads() throws Exception {
    start("pooled");
    var idle = greeted(POOL_THREADS);
    var fifth = call();
    server.awaitOut("Port " + fifth.port() + " waits: all 4 threads are busy\n");
    assertThat(ask(idle.getLast(), "0")).isEqualTo("You entered 0");
    assertThat(fifth.available()).isZero();
    leave(idle.getFirst());
    assertThat(hearLine(fifth)).isEqualTo(GREETING);
  }

  @Test
  void aPoolServesOnTheSameThreads() throws Exception {
    start("pooled");
    var ids = new HashSet<String>();
    for (int i = 0; i < 3 * POOL_THREADS; i++) {
      var client = greeted(1).getFirst();
      ids.add(ask(client, "who").split(" ")[4]);
      leave(client);
    }
    assertThat(ids).hasSizeLessThanOrEqualTo(POOL_THREADS);
  }

  /** With so few descriptors that accept fails, and then with more of them again. */
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "ulimit bounds the descriptors")
  void goesOnWhenItHasDescriptorsAgain() throws Exception {
    var java = String.join("' '", Children.command(LESSON, List.of(), "0").command());
    server = children.start(new ProcessBuilder("sh", "-c", "ulimit -n 40; exec '" + java + "'"));
    port = Service.port(server);
    leave(greeted(1).getFirst());
    var waiting = new ArrayList<Wire>();
    for (int i = 0; i < 40; i++) waiting.add(call());
    server.awaitOut("Cannot take a client: Too many open files\n");
    for (var client : waiting) client.close();
    leave(greeted(1).getFirst());
  }

  @Test
  void countsEveryAnswerOfTwoThreads() throws Exception {
    var count = children.run(LESSON, "count");
    assertThat(count.out()).isEqualTo("2 threads, 100,000 answers each: 200,000 counted\n");
    assertThat(count.exitCode()).isZero();
  }
}
