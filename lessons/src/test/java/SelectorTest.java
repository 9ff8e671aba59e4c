import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Lesson 13's own: how often its thread is woken, and what it does when it has no descriptor left.
 * What it serves, {@link EveryArchitectureTest} asks.
 */
class SelectorTest {
  private static final Lesson LESSON = Lesson.named("L13Selector");
  private static final int LINES = 100;
  private static final int OTHERS = 20;

  @AutoClose private final Children children = new Children();
  private final List<Wire> callers = new ArrayList<>();
  private Child server;

  @BeforeEach
  void serve() throws Exception {
    server = children.serve(LESSON);
  }

  private Wire greeted() throws Exception {
    var caller = Wire.call(Service.port(server));
    callers.add(caller);
    assertThat(caller.hear(Dialogue.GREETING.length())).hasSize(Dialogue.GREETING.length());
    return caller;
  }

  private void talk(Wire caller) throws IOException {
    for (int i = 0; i < LINES; i++) {
      var line = ("line " + i + "\n").getBytes(ISO_8859_1);
      assertThat(caller.say(line).hear(line.length)).isEqualTo(line);
    }
  }

  /** By its handle, since a Process that is destroyed is not heard any more. */
  private int wakeups() throws Exception {
    ProcessHandle.of(server.pid()).orElseThrow().destroy();
    var told = server.awaitOut("(?m)^Woken ([0-9,]+) times, lines answered: [0-9,]+$");
    return Integer.parseInt(told.group(1).replace(",", ""));
  }

  /** One for each call and one for each line, and none for whoever says nothing. */
  @Test
  void wakesOnceForEachLine() throws Exception {
    var talker = greeted();
    for (int i = 0; i < OTHERS; i++) greeted();
    talk(talker);
    assertThat(wakeups()).isBetween(LINES, LINES + 1 + OTHERS + 1);
  }

  /** What a reader does not take wakes nobody before it is taken. */
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "what the server has not read is seen in /proc")
  void sleepsWhileAReaderIsLate() throws Exception {
    var late = greeted();
    var talker = greeted();
    var block = ("z".repeat(4000) + "\n").repeat(250).getBytes(ISO_8859_1);
    var writer = Thread.ofPlatform().daemon().start(() -> sayWithoutEnd(late, block));
    Proc.awaitStandstill(late);
    talk(talker);
    int before = wakeups();
    late.reset();
    writer.join();
    // It took some turns to fill the buffers of the kernel: a few megabytes in turns of 4 KB each.
    assertThat(before).isLessThan(20_000);
  }

  private static void sayWithoutEnd(Wire late, byte[] block) {
    try {
      while (true) late.socket().getOutputStream().write(block);
    } catch (IOException reset) {
      // By ourselves, when we have seen enough.
    }
  }

  @Test
  void greetsTheNextWhenOneLeaves() throws Exception {
    server.close();
    var command = Children.command(LESSON, List.of("-Xmx32m"), "0").command();
    command.addAll(0, List.of("sh", "-c", "ulimit -n 40; exec \"$@\"", "sh"));
    server = children.start(new ProcessBuilder(command)).endInput();
    int port = Service.port(server);
    while (callers.size() < 40) callers.add(Wire.call(port)); // the kernel accepts for it
    server.awaitOut("accept: Too many open files");
    var last = callers.getLast();
    for (var caller : callers) {
      if (caller != last) caller.reset();
    }
    assertThat(last.hear(Dialogue.GREETING.length())).hasSize(Dialogue.GREETING.length());
    talk(last);
    assertThat(wakeups()).isLessThan(LINES + 4 * callers.size());
  }

  @AfterEach
  void closeAll() throws IOException {
    for (var caller : callers) caller.close();
  }
}
