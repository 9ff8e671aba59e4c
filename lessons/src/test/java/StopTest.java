import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** How servers stop: side by side, since each takes its second. */
class StopTest {
  @AutoClose private final Children children = new Children();
  @AutoClose private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** In the plain tier those of lessons 12 to 19 are only seen to stop: two processes for each. */
  @TestFactory
  Stream<DynamicTest> freesItsPort() {
    var lessons = Lesson.serving().filter(lesson -> Tier.ALL || !lesson.servesTheDialogue());
    return SideBySide.tests(lessons, threads, this::freesItsPort);
  }

  private void freesItsPort(Lesson lesson) throws Exception {
    var first = children.run(lesson, "0");
    int port = Service.port(first);
    try (var caller = Wire.call(port)) {
      caller.say(bytes("a conversation that the stop cuts off"));
      first.terminate();
      first.exitCode();
      assertThat(Service.port(children.run(lesson, "" + port))).isEqualTo(port);
    }
  }

  @TestFactory
  Stream<DynamicTest> stopsInOrder() {
    return SideBySide.tests(Architecture.all(), threads, this::stopsInOrder);
  }

  /** No new caller; who talks may finish; who does not is cut; and nothing is left. */
  private void stopsInOrder(Architecture architecture) throws Exception {
    var server = architecture.serve(children);
    var service = Service.of(architecture.lesson(), server);
    var handle = ProcessHandle.of(server.pid()).orElseThrow();
    try (var talking = greeted(service);
        var idle = architecture.atOnce() > 1 ? greeted(service) : null) {
      talking.say(bytes("hel"));
      var below = handle.descendants().toList();
      long asked = System.nanoTime();
      server.terminate();
      Proc.soon().until(() -> isRefused(service));
      var rest = talksOn(talking);
      long millis = (System.nanoTime() - asked) / 1_000_000;
      // Where all that took longer than the server waits, it may have cut the talk.
      if (millis < architecture.lesson().limit("STOP_MILLIS")) {
        assertThat(rest).isEqualTo("hello\nGoodbye\n");
      }
      if (idle != null) assertThat(idle.hearAllOrReset()).isEmpty();
      server.exitCode();
      Proc.soon().until(() -> below.stream().noneMatch(ProcessHandle::isAlive));
      assertThat(server.err()).isEmpty();
    }
  }

  private static Wire greeted(Service service) throws IOException {
    var caller = service.call();
    assertThat(caller.hear(Dialogue.GREETING.length())).isEqualTo(bytes(Dialogue.GREETING));
    return caller;
  }

  private static String talksOn(Wire talking) throws IOException {
    try {
      talking.say(bytes("lo\nexit\n"));
    } catch (SocketException cut) {
      return "";
    }
    return new String(talking.hearAllOrReset(), ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static boolean isRefused(Service service) throws IOException {
    try (var _ = service.call()) {
      return false;
    } catch (ConnectException refused) {
      return true;
    } catch (SocketException resetAtOnce) {
      return false; // it was still in the accept queue
    }
  }
}
