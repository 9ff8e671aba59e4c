package wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static wire.Peer.PATIENCE;
import static wire.Peer.accept;
import static wire.Peer.connect;
import static wire.Peer.listen;
import static wire.Peer.read;
import static wire.Peer.readAll;
import static wire.Peer.send;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wire.StreamDisturbance.AcceptLate;
import wire.StreamDisturbance.HalfCloseAfter;
import wire.StreamDisturbance.Hold;
import wire.StreamDisturbance.ResetAfter;
import wire.StreamDisturbance.Split;
import wire.StreamDisturbance.SplitAt;
import wire.StreamDisturbance.SplitRandomly;
import wire.StreamDisturbance.StallAfter;
import wire.StreamDisturbance.Throttle;

@Timeout(30)
class StreamDisturbanceTest {
  private static final String SENTENCE = "Across the wire, one byte at a time.";

  private final ManualGate gate = new ManualGate();
  private final ManualClock clock = new ManualClock();
  private ServerSocket listener;
  private Tap tap;
  private Socket client;
  private Socket server;

  @BeforeEach
  void open() throws IOException {
    listener = listen();
  }

  @AfterEach
  void close() throws IOException {
    for (var opened : new Closeable[] {server, client, listener}) {
      if (opened != null) opened.close();
    }
    if (tap != null) tap.close();
  }

  private void tap(Side from, StreamDisturbance... disturbances) throws IOException {
    tap = Tap.to(listener.getLocalSocketAddress()).clock(clock).from(from, disturbances).open();
    client = connect(tap.address());
  }

  private void accepted() throws IOException {
    server = accept(listener);
  }

  private Predicate<Event> is(Side from, Act act) {
    return event -> event.from() == from && event.act() == act;
  }

  private List<Integer> lengths(Side from) {
    return tap.recording().events().stream().filter(is(from, Act.DATA)).map(Event::length).toList();
  }

  /** How many bytes each read of a reader with much room returns, until the end. */
  private static List<Integer> reads(Socket socket) throws IOException {
    var reads = new ArrayList<Integer>();
    var room = new byte[1000];
    for (int read; (read = socket.getInputStream().read(room)) >= 0; ) reads.add(read);
    return reads;
  }

  @Test
  void splitGivesTheReaderOnePieceARead() throws Exception {
    assumeThat(Files.exists(Path.of("/proc/net/tcp"))).as("Linux").isTrue();
    tap(Side.CLIENT, new Split(5));
    accepted();
    send(client, SENTENCE);
    client.shutdownOutput();
    assertThat(reads(server)).containsExactly(5, 5, 5, 5, 5, 5, 5, 1);
  }

  @Test
  void splitDisturbsADialogueToo() throws Exception {
    assumeThat(Files.exists(Path.of("/proc/net/tcp"))).as("Linux").isTrue();
    tap(Side.SERVER, new Split(1));
    accepted();
    for (int i = 0; i < 5; i++) {
      send(client, "?");
      read(server, 1);
      send(server, "abc");
      var room = new byte[10];
      for (int read = 0; read < 3; read++) {
        assertThat(client.getInputStream().read(room)).isEqualTo(1);
      }
    }
  }

  @Test
  void splitWaitsForAReaderWhoIsLate() throws Exception {
    assumeThat(Files.exists(Path.of("/proc/net/tcp"))).as("Linux").isTrue();
    tap(Side.CLIENT, new Split(2));
    accepted();
    send(client, "abcd");
    tap.await(is(Side.CLIENT, Act.DATA), PATIENCE);
    // Nothing but this read lets the second piece go.
    assertThat(server.getInputStream().readNBytes(1)).isEqualTo(new byte[] {'a'});
    assertThat(lengths(Side.CLIENT)).containsExactly(2);
    assertThat(read(server, 3)).isEqualTo("bcd");
    assertThat(lengths(Side.CLIENT)).containsExactly(2, 2);
  }

  @Test
  void splitDoesNotWaitForAReaderWhoHasGone() throws Exception {
    tap(Side.CLIENT, new Split(2));
    accepted();
    send(client, "abcd");
    assertThat(read(server, 1)).isEqualTo("a");
    Peer.close(server); // with a byte unread: a reset
    tap.await(is(Side.SERVER, Act.RESET), PATIENCE);
  }

  @Test
  void splitAtCutsAtTheOffsets() throws Exception {
    tap(Side.CLIENT, new SplitAt(7, 3, 100));
    accepted();
    send(client, SENTENCE);
    client.shutdownOutput();
    assertThat(readAll(server)).isEqualTo(SENTENCE);
    assertThat(lengths(Side.CLIENT)).containsExactly(3, 4, SENTENCE.length() - 7);
  }

  @Test
  void randomCutsAreTheSameForTheSameSeed() throws Exception {
    var runs = new ArrayList<List<Integer>>();
    for (long seed : new long[] {1, 1, 2}) {
      tap(Side.CLIENT, new SplitRandomly(9, seed));
      accepted();
      send(client, SENTENCE);
      client.shutdownOutput();
      assertThat(readAll(server)).isEqualTo(SENTENCE);
      runs.add(lengths(Side.CLIENT));
      assertThat(runs.getLast()).allMatch(length -> length >= 1 && length <= 9);
      client.close();
      server.close();
      tap.close();
    }
    assertThat(runs.get(1)).isEqualTo(runs.get(0));
    assertThat(runs.get(2)).isNotEqualTo(runs.get(0));
  }

  @Test
  void holdKeepsEverythingBackUntilReleased() throws Exception {
    tap(Side.CLIENT, new Hold(gate));
    accepted();
    send(client, "patience");
    client.shutdownOutput();
    tap.await(is(Side.CLIENT, Act.HOLD), PATIENCE);
    send(server, "hello?"); // the other direction is not held
    assertThat(read(client, 6)).isEqualTo("hello?");
    assertThat(lengths(Side.CLIENT)).isEmpty();
    gate.open();
    assertThat(readAll(server)).isEqualTo("patience");
    tap.await(is(Side.CLIENT, Act.HALF_CLOSE), PATIENCE);
    var acts =
        tap.recording().events().stream()
            .filter(event -> event.from() == Side.CLIENT)
            .map(Event::act);
    assertThat(acts).containsExactly(Act.CONNECT, Act.HOLD, Act.RELEASE, Act.DATA, Act.HALF_CLOSE);
  }

  @Test
  void stallStopsInTheMiddle() throws Exception {
    tap(Side.CLIENT, new StallAfter(6, gate));
    accepted();
    send(client, SENTENCE);
    client.shutdownOutput();
    assertThat(read(server, 6)).isEqualTo("Across");
    tap.await(is(Side.CLIENT, Act.HOLD), PATIENCE);
    assertThat(server.getInputStream().available()).isZero();
    gate.open();
    assertThat(readAll(server)).isEqualTo(SENTENCE.substring(6));
  }

  @Test
  void stallHoldsTheEndBackToo() throws Exception {
    tap(Side.CLIENT, new StallAfter(4, gate));
    accepted();
    send(client, "four");
    client.shutdownOutput();
    tap.await(is(Side.CLIENT, Act.HOLD), PATIENCE);
    assertThat(tap.recording().events()).noneMatch(is(Side.CLIENT, Act.HALF_CLOSE));
    gate.open();
    assertThat(readAll(server)).isEqualTo("four");
  }

  @Test
  void throttleLetsNoMorePassThanTheTimeAllows() throws Exception {
    tap(Side.CLIENT, new Throttle(40)); // two bytes every 50 ms
    accepted();
    send(client, "abcdef");
    client.shutdownOutput();
    assertThat(read(server, 2)).isEqualTo("ab");
    for (var next : List.of("cd", "ef")) {
      clock.awaitWaiting(1);
      clock.advance(Duration.ofMillis(49));
      assertThat(server.getInputStream().available()).isZero();
      clock.awaitWaiting(1);
      clock.advance(Duration.ofMillis(1));
      assertThat(read(server, 2)).isEqualTo(next);
    }
    assertThat(readAll(server)).isEmpty();
    var times =
        tap.recording().events().stream().filter(is(Side.CLIENT, Act.DATA)).map(Event::nanos);
    assertThat(times).containsExactly(0L, 50_000_000L, 100_000_000L);
  }

  @Test
  void halfCloseAfterEndsTheStreamAndDropsTheRest() throws Exception {
    tap(Side.CLIENT, new HalfCloseAfter(6));
    accepted();
    send(client, SENTENCE);
    assertThat(readAll(server)).isEqualTo("Across");
    tap.await(is(Side.CLIENT, Act.DROP), PATIENCE);
    send(server, "I heard 'Across'.");
    assertThat(read(client, 17)).isEqualTo("I heard 'Across'.");
    server.shutdownOutput();
    assertThat(readAll(client)).isEmpty();
    assertThat(tap.recording().events()).last().matches(is(Side.SERVER, Act.CLOSE));
    int dropped =
        tap.recording().events().stream()
            .filter(is(Side.CLIENT, Act.DROP))
            .mapToInt(Event::length)
            .sum();
    assertThat(dropped).isEqualTo(SENTENCE.length() - 6);
  }

  @Test
  void resetAfterLetsExactlySoManyBytesArrive() throws Exception {
    tap(Side.CLIENT, new ResetAfter(6));
    accepted();
    send(client, SENTENCE);
    assertThat(read(server, 6)).isEqualTo("Across");
    assertThatThrownBy(() -> read(server, 1)).isInstanceOf(SocketException.class);
    assertThatThrownBy(() -> read(client, 1)).isInstanceOf(SocketException.class);
    assertThat(tap.recording().events()).last().matches(is(Side.CLIENT, Act.RESET));
  }

  @Test
  void resetAfterZeroNeedsNoByte() throws Exception {
    tap(Side.SERVER, new ResetAfter(0));
    assertThatThrownBy(() -> read(client, 1)).isInstanceOf(SocketException.class);
  }

  @Test
  void acceptLateCallsTheServerWhenReleased() throws Exception {
    tap(Side.SERVER, new AcceptLate(gate));
    send(client, "early");
    tap.await(is(Side.SERVER, Act.HOLD), PATIENCE);
    assertThat(tap.recording().events()).noneMatch(is(Side.SERVER, Act.ACCEPT));
    gate.open();
    accepted();
    assertThat(read(server, 5)).isEqualTo("early");
  }

  @Test
  void acceptLateMayGoByTheClock() throws Exception {
    tap(Side.SERVER, new AcceptLate(Gate.after(Duration.ofSeconds(3))));
    clock.awaitWaiting(1);
    clock.advance(Duration.ofSeconds(3));
    accepted();
    var accepted = tap.await(is(Side.SERVER, Act.ACCEPT), PATIENCE);
    assertThat(accepted.nanos()).isEqualTo(3_000_000_000L);
  }

  @Test
  void severalActTogether() throws Exception {
    tap(Side.CLIENT, new Split(4), new SplitAt(6), new StallAfter(9, gate), new HalfCloseAfter(11));
    accepted();
    send(client, SENTENCE);
    assertThat(read(server, 9)).isEqualTo(SENTENCE.substring(0, 9));
    gate.open();
    assertThat(readAll(server)).isEqualTo(SENTENCE.substring(9, 11));
    assertThat(lengths(Side.CLIENT)).containsExactly(4, 2, 2, 1, 2);
  }

  @Test
  void refusesWhatMakesNoSense() {
    List<Runnable> mistakes =
        List.of(
            () -> new Split(0),
            () -> new SplitAt(-1),
            () -> new SplitRandomly(0, 1),
            () -> new StallAfter(-1, gate),
            () -> new Throttle(0),
            () -> new HalfCloseAfter(-1),
            () -> new ResetAfter(-1));
    for (var mistake : mistakes) {
      assertThatThrownBy(mistake::run).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> tap(Side.CLIENT, new AcceptLate(gate)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
