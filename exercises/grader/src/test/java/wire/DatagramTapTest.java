package wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static wire.Peer.PATIENCE;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import wire.DatagramDisturbance.At;
import wire.DatagramDisturbance.Chance;
import wire.DatagramDisturbance.Drop;
import wire.DatagramDisturbance.Duplicate;
import wire.DatagramDisturbance.Reorder;

@Timeout(30)
class DatagramTapTest {
  private static final String END = "end";

  private final ManualClock clock = new ManualClock();
  private DatagramSocket server;
  private DatagramSocket client;
  private Tap tap;

  @BeforeEach
  void open() throws IOException {
    server = socket();
    client = socket();
  }

  @AfterEach
  void close() throws IOException {
    if (tap != null) tap.close();
    client.close();
    server.close();
  }

  private static DatagramSocket socket() throws IOException {
    var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }

  private void tap(Side from, DatagramDisturbance... disturbances) throws IOException {
    var target = (InetSocketAddress) server.getLocalSocketAddress();
    tap = Tap.datagramsTo(target).clock(clock).from(from, disturbances).open();
  }

  private static void send(DatagramSocket from, SocketAddress to, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    from.send(new DatagramPacket(bytes, bytes.length, to));
  }

  private static DatagramPacket receive(DatagramSocket at) throws IOException {
    var packet = new DatagramPacket(new byte[65_535], 65_535);
    at.receive(packet);
    return packet;
  }

  private static String text(DatagramPacket packet) {
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
  }

  /** Sends the numbers 0 to n − 1, and what tells the receiver that they are all. */
  private List<String> arrivals(int n) throws IOException {
    for (int i = 0; i < n; i++) send(client, tap.address(), "" + i);
    send(client, tap.address(), END);
    var arrived = new ArrayList<String>();
    for (String text; !(text = text(receive(server))).equals(END); ) arrived.add(text);
    return arrived;
  }

  private List<Act> acts(Side from) {
    return tap.recording().events().stream()
        .filter(event -> event.from() == from)
        .map(Event::act)
        .toList();
  }

  @Test
  void carriesBothWaysAndRecords() throws Exception {
    tap(Side.CLIENT);
    send(client, tap.address(), "ping");
    var ping = receive(server);
    assertThat(text(ping)).isEqualTo("ping");
    send(server, ping.getSocketAddress(), "pong");
    var pong = receive(client);
    assertThat(text(pong)).isEqualTo("pong");
    assertThat(pong.getSocketAddress()).isEqualTo(tap.address());
    assertThat(tap.recording().text())
        .isEqualTo(
            """
            0.000000000 1 client connect
            0.000000000 1 client data 4 "ping"
            0.000000000 1 server data 4 "pong"
            """);
  }

  @Test
  void keepsClientsApart() throws Exception {
    tap(Side.CLIENT);
    try (var other = socket()) {
      send(client, tap.address(), "first");
      var first = receive(server);
      send(other, tap.address(), "second");
      var second = receive(server);
      assertThat(second.getSocketAddress()).isNotEqualTo(first.getSocketAddress());
      send(server, second.getSocketAddress(), "to the second");
      assertThat(text(receive(other))).isEqualTo("to the second");
      assertThat(tap.recording().events()).last().matches(event -> event.conversation() == 2);
    }
  }

  @Test
  void carriesTheEmptyAndTheLongest() throws Exception {
    tap(Side.CLIENT);
    for (int length : new int[] {0, 65_507}) {
      send(client, tap.address(), "x".repeat(length));
      assertThat(receive(server).getLength()).isEqualTo(length);
    }
  }

  @Test
  void dropsByNumber() throws Exception {
    tap(Side.CLIENT, new Drop(new At(0, 3)));
    assertThat(arrivals(5)).containsExactly("1", "2", "4");
    assertThat(acts(Side.CLIENT))
        .containsExactly(Act.CONNECT, Act.DROP, Act.DATA, Act.DATA, Act.DROP, Act.DATA, Act.DATA);
  }

  @Test
  void duplicatesByNumber() throws Exception {
    tap(Side.CLIENT, new Duplicate(new At(1)));
    assertThat(arrivals(3)).containsExactly("0", "1", "1", "2");
    assertThat(acts(Side.CLIENT)).contains(Act.DUPLICATE);
  }

  @Test
  void reordersByNumber() throws Exception {
    tap(Side.CLIENT, new Reorder(new At(1)));
    assertThat(arrivals(4)).containsExactly("0", "2", "1", "3");
    assertThat(acts(Side.CLIENT)).contains(Act.REORDER);
  }

  @Test
  void aLateDatagramThatNothingFollowsArrivesInTime() throws Exception {
    tap(Side.CLIENT, new Reorder(new At(0)));
    send(client, tap.address(), "alone");
    clock.awaitWaiting(1);
    assertThat(acts(Side.CLIENT)).containsExactly(Act.CONNECT);
    clock.advance(DatagramTap.LATENESS);
    assertThat(text(receive(server))).isEqualTo("alone");
    assertThat(acts(Side.CLIENT)).last().isEqualTo(Act.REORDER);
  }

  @Test
  void disturbsTheServersDatagrams() throws Exception {
    tap(Side.SERVER, new Drop(new At(0)));
    send(client, tap.address(), "hello");
    var back = receive(server).getSocketAddress();
    send(server, back, "lost");
    send(server, back, "found");
    assertThat(text(receive(client))).isEqualTo("found");
  }

  @Test
  void chanceIsTheSameForTheSameSeed() throws Exception {
    var runs = new ArrayList<List<String>>();
    for (long seed : new long[] {1, 1, 2}) {
      tap(
          Side.CLIENT,
          new Drop(new Chance(0.2, seed)),
          new Duplicate(new Chance(0.2, seed)),
          new Reorder(new Chance(0.2, seed)));
      send(client, tap.address(), "0");
      for (int i = 1; i < 40; i++) send(client, tap.address(), "" + i);
      tap.await(
          event -> event.act().hasBytes() && new String(event.bytes()).equals("39"), PATIENCE);
      runs.add(
          tap.recording().events().stream()
              .filter(event -> event.act().hasBytes())
              .map(event -> event.act() + " " + new String(event.bytes()))
              .toList());
      tap.close();
    }
    assertThat(runs.get(1)).isEqualTo(runs.get(0));
    assertThat(runs.get(2)).isNotEqualTo(runs.get(0));
    for (var act : List.of("DATA", "DROP", "DUPLICATE", "REORDER")) {
      assertThat(runs.get(0)).anyMatch(line -> line.startsWith(act));
    }
  }

  @Test
  void aClosedPortRefuses() throws Exception {
    tap(Side.CLIENT);
    server.close();
    send(client, tap.address(), "anybody?");
    tap.await(event -> event.act() == Act.REFUSED, PATIENCE);
  }

  @Test
  void leavesNoThreadAndNoDescriptor(@TempDir Path folder) throws Exception {
    long descriptors = Leaks.descriptors();
    tap(Side.CLIENT, new Reorder(new At(0)));
    for (int i = 0; i < 20; i++) {
      try (var other = socket()) {
        send(other, tap.address(), "late");
      }
    }
    clock.awaitWaiting(20);
    tap.close();
    assertThat(Leaks.threads("tap", folder)).isEmpty();
    assertThat(Leaks.descriptors()).isLessThanOrEqualTo(descriptors);
  }

  @Test
  void aChanceIsAProbability() {
    assertThatThrownBy(() -> new Chance(1.5, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Chance(Double.NaN, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
