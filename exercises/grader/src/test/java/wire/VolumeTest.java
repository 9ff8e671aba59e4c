package wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static wire.Peer.PATIENCE;
import static wire.Peer.accept;
import static wire.Peer.connect;
import static wire.Peer.listen;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
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

/**
 * Not a byte more and not a byte less: both sides send 100 MB at once, and what arrives has the
 * digest of what was sent. Pieces of one byte have a smaller volume: each waits for its reader.
 */
@Tag("all") // gigabytes
@Timeout(60)
class VolumeTest {
  private static final int MB = 1_000_000;
  private static final int MUCH = 100 * MB;
  private static final byte[] CLIENT_BLOCK = random(1);
  private static final byte[] SERVER_BLOCK = random(2);

  private final Turnstile gate = new Turnstile();
  private ServerSocket listener;

  private static byte[] random(long seed) {
    var bytes = new byte[MB];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @BeforeEach
  void open() throws IOException {
    listener = listen();
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  @Test
  void undisturbed() throws Exception {
    exchange(MUCH, List.of());
  }

  @Test
  void inPieces() throws Exception {
    exchange(MUCH, List.of(new Split(999_983)));
  }

  @Test
  void inPiecesOfOneByte() throws Exception {
    exchange(200, List.of(new Split(1)));
  }

  @Test
  void cutAtOffsets() throws Exception {
    exchange(MUCH, List.of(new SplitAt(1, 2, 3, 1000, 65_536, 65_537, MB, MUCH - 1)));
  }

  @Test
  void inRandomPieces() throws Exception {
    exchange(MUCH, List.of(new SplitRandomly(2 * MB, 1)));
  }

  @Test
  void throttled() throws Exception {
    exchange(MUCH, List.of(new Throttle(1L << 40)));
  }

  @Test
  void acceptedLateThenHeldThenStalled() throws Exception {
    exchange(MUCH, List.of(new AcceptLate(gate), new Hold(gate), new StallAfter(MUCH / 2, gate)));
  }

  /** Half-closed and reset: what comes before the end is what was sent. */
  @Test
  void endedInTheMiddle() throws Exception {
    int half = MUCH / 2 + 1;
    for (var end : List.of(new HalfCloseAfter(half), new ResetAfter(half))) {
      try (var tap = Tap.to(listener.getLocalSocketAddress()).from(Side.CLIENT, end).open();
          var client = connect(tap.address());
          var server = accept(listener)) {
        var sends = start(() -> send(client, CLIENT_BLOCK, MUCH));
        assertThat(received(server, half)).isEqualTo(digest(CLIENT_BLOCK, half));
        if (end instanceof HalfCloseAfter) {
          assertThat(server.getInputStream().read()).isEqualTo(-1);
          sends.get(); // the sender notices nothing
        }
      }
    }
  }

  /** Both ways at once, with the same disturbances on both. Who waits at the gate is let pass. */
  private void exchange(int volume, List<StreamDisturbance> disturbances) throws Exception {
    var fromClient =
        disturbances.stream().filter(disturbance -> !(disturbance instanceof AcceptLate)).toList();
    try (var tap =
            Tap.to(listener.getLocalSocketAddress())
                .from(Side.CLIENT, fromClient)
                .from(Side.SERVER, disturbances)
                .onEvent(event -> {
                  if (event.act() == Act.HOLD) gate.permits.release();
                })
                .open();
        var client = connect(tap.address());
        var server = accept(listener)) {
      var clientSends = start(() -> send(client, CLIENT_BLOCK, volume));
      var serverSends = start(() -> send(server, SERVER_BLOCK, volume));
      var clientReceives = start(() -> received(client, Integer.MAX_VALUE));
      assertThat(received(server, Integer.MAX_VALUE)).isEqualTo(digest(CLIENT_BLOCK, volume));
      assertThat(clientReceives.get()).isEqualTo(digest(SERVER_BLOCK, volume));
      clientSends.get();
      serverSends.get();
      tap.await(event -> event.act() == Act.CLOSE, PATIENCE);
    }
    int waits = Math.toIntExact(disturbances.stream().filter(VolumeTest::holds).count());
    boolean late = fromClient.size() < disturbances.size();
    assertThat(gate.passed.get()).isEqualTo(late ? 2 * waits - 1 : 2 * waits);
  }

  private static boolean holds(StreamDisturbance disturbance) {
    return switch (disturbance) {
      case Hold _, StallAfter _, AcceptLate _ -> true;
      default -> false;
    };
  }

  /** Lets one pass for every permit. */
  private static final class Turnstile implements Gate {
    final Semaphore permits = new Semaphore(0);
    final AtomicLong passed = new AtomicLong();

    @Override
    public boolean isOpen() {
      return false;
    }

    @Override
    public void pass(Clock clock) throws InterruptedException {
      permits.acquire();
      passed.incrementAndGet();
    }
  }

  /**
   * Nobody reads: the sender must come to a stand, and the tap may have taken no more than its
   * buffer and the kernel's. Then somebody reads, and all is there.
   */
  @Test
  void aReaderWhoDoesNotReadStopsTheSender() throws Exception {
    try (var tap = Tap.to(listener.getLocalSocketAddress()).open();
        var client = connect(tap.address());
        var server = accept(listener)) {
      var sent = new AtomicLong();
      var sends =
          start(() -> {
            for (int left = MUCH; left > 0; left -= 10_000) {
              client.getOutputStream().write(CLIENT_BLOCK, 0, 10_000);
              sent.addAndGet(10_000);
            }
            client.shutdownOutput();
            return null;
          });
      var standing = new AtomicLong(-1);
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> sent.get() > 0 && standing.getAndSet(sent.get()) == sent.get());
      assertThat(sends.isDone()).isFalse();
      assertThat(sent.get()).as("in the tap and the kernel").isLessThan(MUCH / 2);
      assertThat(received(server, Integer.MAX_VALUE))
          .isEqualTo(digest(Arrays.copyOf(CLIENT_BLOCK, 10_000), MUCH));
      sends.get();
    }
  }

  private static <T> FutureTask<T> start(Callable<T> work) {
    var task = new FutureTask<>(work);
    Thread.startVirtualThread(task);
    return task;
  }

  /** The block again and again. */
  private static Void send(Socket socket, byte[] block, int volume) throws IOException {
    for (int sent = 0; sent < volume; sent += block.length) {
      socket.getOutputStream().write(block, 0, Math.min(block.length, volume - sent));
    }
    socket.shutdownOutput();
    return null;
  }

  private static String digest(byte[] block, int volume) {
    var digest = sha256();
    for (int sent = 0; sent < volume; sent += block.length) {
      digest.update(block, 0, Math.min(block.length, volume - sent));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The digest of what comes until the end, or until it is so much. */
  private static String received(Socket socket, int most) throws IOException {
    var digest = sha256();
    var room = new byte[64 * 1024];
    while (most > 0) {
      int read = socket.getInputStream().read(room, 0, Math.min(room.length, most));
      if (read < 0) break;
      digest.update(room, 0, read);
      most -= read;
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has it", e);
    }
  }
}
