package wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static wire.Peer.PATIENCE;
import static wire.Peer.accept;
import static wire.Peer.connect;
import static wire.Peer.listen;
import static wire.Peer.read;
import static wire.Peer.readAll;
import static wire.Peer.reset;
import static wire.Peer.send;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a tap does when it is not told to disturb anything. */
@Timeout(30)
class TapTest {
  private static List<String> acts(Tap tap) {
    return tap.recording().events().stream()
        .map(event -> event.toString().split(" ", 2)[1])
        .toList();
  }

  @Test
  void recordsAConversation() throws Exception {
    var clock = new ManualClock();
    try (var listener = listen();
        var tap = Tap.to(listener.getLocalSocketAddress()).clock(clock).open()) {
      try (var client = connect(tap.address());
          var server = accept(listener)) {
        tap.await(event -> event.act() == Act.ACCEPT, PATIENCE);
        clock.advance(Duration.ofMillis(1500));
        send(client, "ping\r\n");
        assertThat(read(server, 6)).isEqualTo("ping\r\n");
        send(server, "pong\r\n");
        assertThat(read(client, 6)).isEqualTo("pong\r\n");
        client.shutdownOutput();
        assertThat(readAll(server)).isEmpty();
        server.shutdownOutput();
        assertThat(readAll(client)).isEmpty();
      }
      assertThat(tap.recording().text())
          .isEqualTo(
              """
              0.000000000 1 client connect
              0.000000000 1 server accept
              1.500000000 1 client data 6 "ping\\r\\n"
              1.500000000 1 server data 6 "pong\\r\\n"
              1.500000000 1 client half_close
              1.500000000 1 server close
              """);
    }
  }

  @Test
  void tellsAListenerEverythingInOrder() throws Exception {
    var heard = new ArrayList<Event>();
    try (var listener = listen();
        var tap = Tap.to(listener.getLocalSocketAddress()).onEvent(heard::add).open()) {
      try (var client = connect(tap.address());
          var server = accept(listener)) {
        send(client, "hello");
        read(server, 5);
      }
      tap.await(event -> event.act() == Act.CLOSE, PATIENCE);
      assertThat(heard).isEqualTo(tap.recording().events());
    }
  }

  @Test
  void numbersConversationsInOrderOfConnecting() throws Exception {
    try (var listener = listen();
        var tap = Tap.to(listener.getLocalSocketAddress()).open();
        var first = connect(tap.address());
        var firstServer = accept(listener);
        var second = connect(tap.address());
        var secondServer = accept(listener)) {
      send(second, "I am two");
      read(secondServer, 8);
      send(first, "I am one");
      read(firstServer, 8);
      assertThat(acts(tap))
          .contains("2 client data 8 \"I am two\"", "1 client data 8 \"I am one\"");
      assertThat(tap.recording().conversation(2).events()).hasSize(3);
    }
  }

  @Test
  void passesTheEndOnAfterTheLastByteAndLetsTheOtherDirectionLive() throws Exception {
    try (var listener = listen();
        var tap = Tap.to(listener.getLocalSocketAddress()).open();
        var client = connect(tap.address());
        var server = accept(listener)) {
      var much = "0123456789".repeat(100_000);
      Thread.startVirtualThread(() -> {
        try {
          send(client, much);
          client.shutdownOutput();
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      });
      assertThat(readAll(server)).isEqualTo(much);
      for (int i = 0; i < 3; i++) {
        send(server, "still here");
        assertThat(read(client, 10)).isEqualTo("still here");
      }
      server.shutdownOutput();
      assertThat(readAll(client)).isEmpty();
      assertThat(acts(tap)).contains("1 client half_close").last().isEqualTo("1 server close");
    }
  }

  @Test
  void passesOnAResetByTheClient() throws Exception {
    try (var listener = listen();
        var tap = Tap.to(listener.getLocalSocketAddress()).open();
        var client = connect(tap.address());
        var server = accept(listener)) {
      send(client, "half a sen");
      assertThat(read(server, 10)).isEqualTo("half a sen");
      reset(client);
      assertThatThrownBy(() -> read(server, 1)).isInstanceOf(SocketException.class);
      assertThat(acts(tap)).last().isEqualTo("1 client reset");
    }
  }

  @Test
  void passesOnAResetByTheServer() throws Exception {
    try (var listener = listen();
        var tap = Tap.to(listener.getLocalSocketAddress()).open();
        var client = connect(tap.address());
        var server = accept(listener)) {
      send(server, "half a sen");
      assertThat(read(client, 10)).isEqualTo("half a sen");
      reset(server);
      assertThatThrownBy(() -> read(client, 1)).isInstanceOf(SocketException.class);
      assertThat(acts(tap)).last().isEqualTo("1 server reset");
    }
  }

  @Test
  void passesOnAResetWhileBytesAreUnderWay() throws Exception {
    try (var listener = listen();
        var tap = Tap.to(listener.getLocalSocketAddress()).open();
        var client = connect(tap.address());
        var server = accept(listener)) {
      // The client reads nothing, so the server's bytes fill every queue on the way.
      var writer =
          Thread.startVirtualThread(() ->
              assertThatThrownBy(
                      () -> {
                        while (true) server.getOutputStream().write(new byte[64 * 1024]);
                      })
                  .isInstanceOf(SocketException.class));
      read(client, 100);
      reset(client);
      assertThat(writer.join(PATIENCE)).as("the server's write ends").isTrue();
      assertThat(acts(tap)).last().isEqualTo("1 client reset");
    }
  }

  @Test
  void aClientThatHasGoneIsNoticedWhenTheServerAnswers() throws Exception {
    try (var listener = listen();
        var tap = Tap.to(listener.getLocalSocketAddress()).open();
        var client = connect(tap.address());
        var server = accept(listener)) {
      Peer.close(client);
      assertThat(readAll(server)).isEmpty();
      assertThatThrownBy(
              () -> {
                while (true) send(server, "anybody there?");
              })
          .isInstanceOf(SocketException.class);
      assertThat(acts(tap)).last().isEqualTo("1 client reset");
    }
  }

  @Test
  void aTargetThatRefusesResetsItsClientAndOthersAreServedLater() throws Exception {
    InetSocketAddress target;
    try (var gone = listen()) {
      target = (InetSocketAddress) gone.getLocalSocketAddress();
    }
    try (var tap = Tap.to(target).open()) {
      try (var client = connect(tap.address())) {
        assertThatThrownBy(() -> read(client, 1)).isInstanceOf(SocketException.class);
      }
      assertThat(acts(tap)).containsExactly("1 client connect", "1 server refused");
      try (var listener = new ServerSocket(target.getPort(), 50, target.getAddress());
          var client = connect(tap.address());
          var server = accept(listener)) {
        send(client, "back?");
        assertThat(read(server, 5)).isEqualTo("back?");
      }
    }
  }

  @Test
  void aTargetThatDoesNotAnswerTimesOut() throws Exception {
    try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var tap =
            Tap.to(full.getLocalSocketAddress()).connectWithin(Duration.ofMillis(20)).open()) {
      // Nobody accepts: when the queue is full (backlog + 1), the next call gets no answer.
      var clients = new ArrayList<Socket>();
      Event outcome;
      do {
        clients.add(connect(tap.address()));
        int number = clients.size();
        outcome =
            tap.await(
                event -> event.conversation() == number && event.from() == Side.SERVER, PATIENCE);
      } while (outcome.act() == Act.ACCEPT);
      assertThat(outcome.act()).isEqualTo(Act.TIMEOUT);
      assertThatThrownBy(() -> read(clients.getLast(), 1)).isInstanceOf(SocketException.class);
      for (var client : clients) client.close();
    }
  }

  @Test
  void carriesUnixSocketsOnEitherSide(@TempDir Path folder) throws Exception {
    var behind = UnixDomainSocketAddress.of(folder.resolve("server"));
    var before = UnixDomainSocketAddress.of(folder.resolve("tap"));
    try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(behind)) {
      try (var tap = Tap.to(behind).listenOn(before).open();
          var client = SocketChannel.open(before);
          var server = listener.accept()) {
        client.write(ByteBuffer.wrap("over Unix".getBytes()));
        client.shutdownOutput();
        assertThat(readAll(server)).isEqualTo("over Unix");
        server.write(ByteBuffer.wrap("and back".getBytes()));
        server.shutdownOutput();
        assertThat(readAll(client)).isEqualTo("and back");
        assertThat(acts(tap)).last().isEqualTo("1 server close");
      }
      assertThat(before.getPath()).doesNotExist();

      try (var tap = Tap.to(behind).open();
          var client = connect(tap.address());
          var server = listener.accept()) {
        send(client, "from TCP");
        client.shutdownOutput();
        assertThat(readAll(server)).isEqualTo("from TCP");
        server.shutdownOutput();
        assertThat(readAll(client)).isEmpty();
      }
    }
    try (var tap = Tap.to(behind).open();
        var client = connect(tap.address())) {
      assertThatThrownBy(() -> read(client, 1)).isInstanceOf(SocketException.class);
      assertThat(acts(tap)).last().isEqualTo("1 server refused");
    }
  }

  @Test
  void anAddressThatIsTakenIsABindException() throws Exception {
    try (var listener = listen()) {
      var taken = listener.getLocalSocketAddress();
      assertThatThrownBy(() -> Tap.to(taken).listenOn(taken).open())
          .isInstanceOf(BindException.class);
    }
  }

  @Test
  void closingCutsWhatIsOpenAndFreesThePort() throws Exception {
    try (var listener = listen()) {
      var tap = Tap.to(listener.getLocalSocketAddress()).open();
      try (var client = connect(tap.address());
          var server = accept(listener)) {
        tap.close();
        assertThatThrownBy(() -> read(client, 1)).isInstanceOf(SocketException.class);
        assertThatThrownBy(() -> read(server, 1)).isInstanceOf(SocketException.class);
        tap.close(); // a second time does nothing
      }
      try (var again = Tap.to(listener.getLocalSocketAddress()).listenOn(tap.address()).open()) {
        assertThat(again.address()).isEqualTo(tap.address());
      }
    }
  }

  @Test
  void leavesNoThreadAndNoDescriptor(@TempDir Path folder) throws Exception {
    converse(1, new ManualGate()); // loads what it needs
    long descriptors = Leaks.descriptors();
    converse(20, new ManualGate());
    assertThat(Leaks.threads("tap ", folder)).isEmpty();
    assertThat(Leaks.descriptors()).isLessThanOrEqualTo(descriptors);
  }

  /** Conversations that end in every way, and some that the closing tap ends. */
  private static void converse(int conversations, Gate shut) throws Exception {
    try (var listener = listen();
        var tap =
            Tap.to(listener.getLocalSocketAddress())
                .from(Side.SERVER, new StreamDisturbance.StallAfter(3, shut))
                .open()) {
      for (int i = 0; i < conversations; i++) {
        try (var client = connect(tap.address());
            var server = accept(listener)) {
          send(server, "stalls");
          assertThat(read(client, 3)).isEqualTo("sta");
          switch (i % 4) {
            case 0 -> reset(client);
            case 1 -> client.shutdownOutput();
            case 2 -> reset(server);
            default -> {}
          }
        }
      }
    }
  }

  @Test
  void aConversationThatIsOverLeavesNothingInTheTap(@TempDir Path folder) throws Exception {
    try (var listener = listen();
        var tap = Tap.to(listener.getLocalSocketAddress()).open()) {
      for (int i = 0; i < 20; i++) {
        try (var client = connect(tap.address());
            var server = accept(listener)) {
          send(client, "bye");
          client.shutdownOutput();
          readAll(server);
        }
      }
      // One thread stays: the one that accepts.
      Leaks.awaitThreads("tap ", 1, folder);
    }
  }

  @Test
  void keepsABoundedRecording() throws Exception {
    var recorder = new Recorder(new ManualClock(), _ -> {});
    recorder.add(1, Side.CLIENT, Act.CONNECT);
    for (int i = 0; i < 2 * Recorder.MOST_EVENTS; i++) {
      recorder.add(1, Side.CLIENT, Act.DATA, ByteBuffer.wrap(new byte[10]));
    }
    recorder.add(1, Side.CLIENT, Act.RESET);
    var recording = recorder.recording();
    assertThat(recording.events()).hasSizeLessThanOrEqualTo(Recorder.MOST_EVENTS);
    assertThat(recording.events().getLast().act()).isEqualTo(Act.RESET);
    assertThat(recording.events().size() + recording.omitted())
        .isEqualTo(2 * Recorder.MOST_EVENTS + 2);
  }
}
