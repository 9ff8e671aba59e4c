import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lesson 19: datagrams, Unix sockets, children, and who calls whom. TCP has its own suites. */
@Timeout(60)
class SocketServerTest {
  private static final Lesson LESSON = Lesson.named("L19SocketServer");
  private static final String ANSWER =
      "Welcome. Enter 0, or exit.\nprocess ([0-9]+), (virtual|platform) thread [0-9]+, answer 1\n";

  @AutoClose private final Children children = new Children();

  /** A datagram is a conversation: all its lines, and all answers in one datagram. */
  @ParameterizedTest
  @ValueSource(strings = {"sequential", "threading", "forking"})
  void answersADatagramWithADatagram(String dispatch) throws Exception {
    var server = children.run(LESSON, "udp", "0", dispatch);
    try (var client = DatagramChannel.open(StandardProtocolFamily.INET)) {
      client.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      int port = Service.port(server);
      client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      var reply = ByteBuffer.allocate(100_000);
      client.write(ByteBuffer.wrap("who\n0\n".getBytes(US_ASCII)));
      client.read(reply);
      assertThat(text(reply)).matches(ANSWER + "You entered 0\n");
      int own = ((InetSocketAddress) client.getLocalAddress()).getPort();
      server.awaitOut("(?m)^Port " + own + " has left$");

      var longest = "z".repeat(4096) + "\n";
      client.write(ByteBuffer.wrap(longest.getBytes(US_ASCII)));
      client.read(reply.clear());
      assertThat(text(reply)).endsWith(longest);
    }
    assertOtherProcess(server, dispatch);
  }

  /** Nothing that a stranger sends in a datagram ends the server, the empty one included. */
  @Test
  void outlivesADatagramThatIsNoConversation() throws Exception {
    var server = children.run(LESSON, "udp", "0");
    var to = new InetSocketAddress(InetAddress.getLoopbackAddress(), Service.port(server));
    // Not connected: a connected channel sends no datagram that is empty.
    try (var client = DatagramChannel.open(StandardProtocolFamily.INET)) {
      for (var said : List.of("", "no end", "z".repeat(5000), "crash\n")) {
        client.send(ByteBuffer.wrap(said.getBytes(US_ASCII)), to);
        client.receive(ByteBuffer.allocate(100_000));
      }
      server.awaitOut("closed in the middle of a line");
      server.awaitOut("over 4096 bytes");
      server.awaitOut("failed: java.lang.IllegalStateException: crash, as asked");
      client.send(ByteBuffer.wrap("0\n".getBytes(US_ASCII)), to);
      var reply = ByteBuffer.allocate(1000);
      client.receive(reply);
      assertThat(text(reply)).endsWith("You entered 0\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sequential", "threading", "forking"})
  void servesAtAPathAndTakesItAway(String dispatch, @TempDir Path folder) throws Exception {
    var path = folder.resolve("desk.sock");
    var server = children.run(LESSON, "unix", path.toString(), dispatch);
    server.awaitOut("Listening on .*desk.sock");
    try (var client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      client.write(ByteBuffer.wrap("who\nexit\n".getBytes(US_ASCII)));
      var heard = Channels.newInputStream(client).readAllBytes();
      assertThat(new String(heard, US_ASCII)).matches(ANSWER + "Goodbye\n");
    }
    assertOtherProcess(server, dispatch);

    var second = children.run(LESSON, "unix", path.toString());
    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(second.errLines()).singleElement().asString().contains(path.toString());

    server.terminate();
    server.exitCode();
    assertThat(Files.exists(path)).isFalse();
  }

  private static void assertOtherProcess(Child server, String dispatch) throws Exception {
    if (dispatch.equals("forking")) {
      Proc.soon().until(() -> ProcessHandle.of(server.pid()).orElseThrow().children().count() == 0);
    }
  }

  /** Whatever becomes of a child, the server and the other children go on. */
  @Test
  void outlivesAChildThatIsKilled() throws Exception {
    var server = children.run(LESSON, "0", "forking");
    int port = Service.port(server);
    try (var other = greeted(port);
        var unlucky = greeted(port)) {
      unlucky.say("who\n".getBytes(US_ASCII));
      long pid = Long.parseLong(line(unlucky).split("[ ,]")[1]);
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();
      assertThat(unlucky.hearAllOrReset()).isEmpty();
      server.awaitOut("(?m)^Port " + unlucky.port() + " lost: exit code 137$");
      other.say("0\n".getBytes(US_ASCII));
      assertThat(line(other)).isEqualTo("You entered 0");
    }
  }

  /** No orphan: their pipes tell the children that nobody is there any more. */
  @Test
  void leavesNoChildWhenItIsKilled() throws Exception {
    var server = children.run(LESSON, "0", "forking");
    int port = Service.port(server);
    try (var one = greeted(port);
        var two = greeted(port)) {
      var handle = ProcessHandle.of(server.pid()).orElseThrow();
      var below = handle.descendants().toList();
      assertThat(below).hasSize(2);
      handle.destroyForcibly();
      Proc.soon().until(() -> below.stream().noneMatch(ProcessHandle::isAlive));
      assertThat(one.hearAllOrReset()).isEmpty();
      assertThat(two.hearAllOrReset()).isEmpty();
    }
  }

  private static Wire greeted(int port) throws IOException {
    var caller = Wire.call(port);
    assertThat(line(caller)).startsWith("Welcome");
    return caller;
  }

  private static String line(Wire from) throws IOException {
    var line = new StringBuilder();
    for (byte[] next; (next = from.hear(1)).length > 0 && next[0] != '\n'; ) {
      line.append((char) next[0]);
    }
    return line.toString();
  }

  private static String text(ByteBuffer reply) {
    return new String(reply.array(), 0, reply.position(), US_ASCII);
  }

  /** What each call of the lesson is in Python's socketserver, and in its class diagrams. */
  private static final Map<String, String> IN_PYTHON =
      Map.of(
          "stream", "TCPServer.__init__",
          "BaseServer.<init>", "BaseServer.__init__",
          "BaseServer.verifyRequest", "BaseServer.verify_request",
          "BaseServer.processRequest", "ThreadingMixIn.process_request",
          "BaseServer.processRequestThread", "ThreadingMixIn.process_request_thread",
          "BaseServer.finishRequest", "BaseServer.finish_request",
          "RequestHandler.setup", "setup",
          "dialogue", "handle",
          "RequestHandler.finish", "finish");

  /** The virtual machine is asked for every call of these, in the order in which they began. */
  @Test
  @Tag("all") // the flight recorder takes seconds to start and to write
  void callsWhatSocketserverCallsInTheSameOrder(@TempDir Path folder) throws Exception {
    var file = folder.resolve("trace.jfr");
    var filter =
        "L19SocketServer$BaseServer;L19SocketServer$RequestHandler"
            + ";L19SocketServer::stream;L19SocketServer::dialogue";
    var options =
        List.of(
            "-XX:StartFlightRecording:jdk.MethodTrace#filter=" + filter + ",filename=" + file,
            "-Xlog:jfr*=off",
            "-Xlog:disable");
    var server = children.start(Children.command(LESSON, options, "0", "threading"));
    try (var caller = greeted(Service.port(server))) {
      caller.say("exit\n".getBytes(US_ASCII));
      caller.hearAll();
    }
    server.terminate();
    server.exitCode();
    var events =
        RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().equals("jdk.MethodTrace"))
            .sorted(Comparator.comparing(RecordedEvent::getStartTime))
            .toList();
    var calls =
        events.stream()
            .map(event -> name(event.getValue("method")))
            .filter(IN_PYTHON::containsKey)
            .map(IN_PYTHON::get)
            .toList();
    // A call is told when it returns, which serveForever may not have done: look who called.
    assertThat(events)
        .filteredOn(event -> name(event.getValue("method")).equals("BaseServer.processRequest"))
        .singleElement()
        .extracting(event -> event.getStackTrace().getFrames().getFirst().getMethod())
        .extracting(SocketServerTest::name)
        .isEqualTo("BaseServer.serveForever");
    assertThat(calls)
        .containsExactly(
            "TCPServer.__init__",
            "BaseServer.__init__",
            "BaseServer.verify_request",
            "ThreadingMixIn.process_request",
            "ThreadingMixIn.process_request_thread",
            "BaseServer.finish_request",
            "setup",
            "handle",
            "finish");
  }

  private static String name(RecordedMethod method) {
    var type = method.getType().getName().replaceFirst("L19SocketServer[$]?", "");
    return type.isEmpty() ? method.getName() : type + "." + method.getName();
  }
}
