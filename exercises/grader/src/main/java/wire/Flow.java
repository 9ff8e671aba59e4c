package wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
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
 * The bytes from one side of a conversation to the other, on one thread: read, disturbed, recorded,
 * written. It reads again only when all that it read is written, and that is the back-pressure: a
 * receiver who takes nothing stops the sender.
 *
 * <p>While it is held it reads nothing, and so does not see that the sender has reset. The other
 * direction does, when it writes to the sender.
 */
final class Flow {
  static final int BUFFER_BYTES = 64 * 1024;
  private static final int THROTTLED_PIECES_PER_SECOND = 20;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** The conversation, told when a flow finds its end. */
  interface Ends {
    /** All that this side sent is passed on, and so is, from now on, that there is no more. */
    void sendsNoMore(Side side) throws IOException;

    /** This side has reset the connection, or is said to have. */
    void cut(Side by);

    /** Whether the other flow is in the middle of a write to this side. */
    boolean isWrittenTo(Side side);
  }

  /** The part of the recording that is this flow's. */
  record Log(Recorder recorder, int conversation, Side from) {
    void add(Act act) {
      recorder.add(conversation, from, act);
    }

    void add(Act act, ByteBuffer bytes) {
      recorder.add(conversation, from, act, bytes);
    }

    void hold(Gate gate, Clock clock) throws InterruptedException {
      if (gate.isOpen()) return;
      add(Act.HOLD);
      gate.pass(clock);
      add(Act.RELEASE);
    }
  }

  /** Where something happens other than bytes passing. */
  private record Stop(long offset, StreamDisturbance what) {}

  private final SocketChannel source;
  private final SocketChannel target;
  private final Clock clock;
  private final Log log;
  private final Ends ends;

  private final List<LongUnaryOperator> cuts = new ArrayList<>(); // from an offset to the next cut
  private final List<Stop> stops = new ArrayList<>();
  private long bytesPerSecond = Long.MAX_VALUE;

  private long offset;
  private long due; // when the throttle lets the next piece pass
  private volatile boolean writing;

  Flow(
      SocketChannel source,
      SocketChannel target,
      List<StreamDisturbance> disturbances,
      Clock clock,
      Log log,
      Ends ends) {
    this.source = source;
    this.target = target;
    this.clock = clock;
    this.log = log;
    this.ends = ends;
    disturbances.forEach(this::prepare);
  }

  private void prepare(StreamDisturbance disturbance) {
    switch (disturbance) {
      case Split(int bytes) -> cuts.add(offset -> (offset / bytes + 1) * bytes);
      case SplitAt(var offsets) ->
          cuts.add(offset ->
              offsets.stream().filter(cut -> cut > offset).findFirst().orElse(Long.MAX_VALUE));
      case SplitRandomly(int most, long seed) -> cuts.add(new RandomCuts(most, seed, log));
      case Throttle(long rate) -> bytesPerSecond = Math.min(bytesPerSecond, rate);
      case Hold _ -> stops.add(new Stop(0, disturbance));
      case StallAfter(long bytes, _) -> stops.add(new Stop(bytes, disturbance));
      case HalfCloseAfter(long bytes) -> stops.add(new Stop(bytes, disturbance));
      case ResetAfter(long bytes) -> stops.add(new Stop(bytes, disturbance));
      case AcceptLate _ -> {} // over before the first byte
    }
  }

  /** Random cuts, the same for the same seed, conversation and side. */
  private static final class RandomCuts implements LongUnaryOperator {
    private final SplittableRandom random;
    private final int most;
    private long next;

    RandomCuts(int most, long seed, Log log) {
      this.most = most;
      random = new SplittableRandom(seed + 2L * log.conversation() + log.from().ordinal());
    }

    @Override
    public long applyAsLong(long offset) {
      while (next <= offset) next += random.nextInt(1, most + 1);
      return next;
    }
  }

  void run() {
    try {
      passAll();
    } catch (ClosedChannelException | InterruptedException over) {
      // The other flow ended the conversation, or the tap is closing.
    } catch (IOException lost) {
      ends.cut(log.from().other()); // writing failed: it is the receiver who has gone
    }
  }

  private void passAll() throws IOException, InterruptedException {
    var receiver = ReceiveQueue.of(target);
    var buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).flip();
    long cut = nextCut();
    due = clock.nanos();
    while (true) {
      for (var stop : stops) {
        if (stop.offset() == offset && !passes(stop, receiver, buffer)) return;
      }
      if (!buffer.hasRemaining() && !fill(buffer)) {
        if (isReset()) {
          ends.cut(log.from());
        } else {
          ends.sendsNoMore(log.from());
        }
        return;
      }
      if (offset == cut) {
        receiver.awaitRead();
        cut = nextCut();
      }
      var piece = buffer.slice(buffer.position(), pieceLength(buffer.remaining(), cut));
      throttle(piece.remaining());
      log.add(Act.DATA, piece);
      int length = piece.remaining();
      writing = true;
      while (piece.hasRemaining()) target.write(piece);
      writing = false; // stays true where writing failed
      buffer.position(buffer.position() + length);
      offset += length;
    }
  }

  boolean writing() {
    return writing;
  }

  /**
   * Whether what looks like the sender's end is a reset. The kernel reports a reset once, to
   * whoever comes first; if that is the other flow with its write, we read an end that is none. A
   * write that is over has told the conversation what it found; one that is not leaves the question
   * open, and is asked twice: where it ends meanwhile, the other flow may have half-closed, and
   * what was looked at is dead because both ends have said all.
   */
  private boolean isReset() throws IOException {
    return ends.isWrittenTo(log.from())
        && ReceiveQueue.of(source).isDead()
        && ends.isWrittenTo(log.from());
  }

  /** Whether the flow goes on after this stop. */
  private boolean passes(Stop stop, ReceiveQueue receiver, ByteBuffer rest)
      throws IOException, InterruptedException {
    switch (stop.what()) {
      case Hold(var gate) -> log.hold(gate, clock);
      case StallAfter(_, var gate) -> log.hold(gate, clock);
      case ResetAfter _ -> {
        receiver.awaitArrived();
        ends.cut(log.from());
        return false;
      }
      default -> {
        ends.sendsNoMore(log.from());
        dropAll(rest);
        return false;
      }
    }
    return true;
  }

  /** Reads what there is, at least one byte; false if the sender sends no more. */
  private boolean fill(ByteBuffer buffer) throws IOException {
    try {
      return source.read(buffer.clear()) >= 0;
    } catch (ClosedChannelException over) {
      throw over;
    } catch (IOException reset) {
      ends.cut(log.from());
      throw new ClosedChannelException(); // as it is from now on
    } finally {
      buffer.flip();
    }
  }

  /** What is read already, and all that the sender still sends. */
  private void dropAll(ByteBuffer buffer) throws IOException {
    if (buffer.hasRemaining()) log.add(Act.DROP, buffer);
    while (fill(buffer)) log.add(Act.DROP, buffer);
  }

  private long nextCut() {
    return cuts.stream().mapToLong(cut -> cut.applyAsLong(offset)).min().orElse(Long.MAX_VALUE);
  }

  private int pieceLength(int ready, long cut) {
    long length = Math.min(ready, cut - offset);
    for (var stop : stops) {
      if (stop.offset() > offset) length = Math.min(length, stop.offset() - offset);
    }
    return (int) Math.min(length, Math.max(1, bytesPerSecond / THROTTLED_PIECES_PER_SECOND));
  }

  /** Waits until the pieces before have taken the time they should. A pause earns no credit. */
  private void throttle(int length) throws InterruptedException {
    if (bytesPerSecond == Long.MAX_VALUE) return;
    clock.await(due);
    long takes = (long) ((double) length / bytesPerSecond * NANOS_PER_SECOND);
    due = Math.max(due, clock.nanos()) + takes;
  }
}
