import static wire.Side.CLIENT;
import static wire.Side.SERVER;

import java.util.Locale;
import wire.ManualGate;
import wire.Side;
import wire.StreamDisturbance;
import wire.StreamDisturbance.AcceptLate;
import wire.StreamDisturbance.HalfCloseAfter;
import wire.StreamDisturbance.Hold;
import wire.StreamDisturbance.ResetAfter;
import wire.StreamDisturbance.Split;
import wire.StreamDisturbance.SplitAt;
import wire.StreamDisturbance.SplitRandomly;
import wire.StreamDisturbance.StallAfter;
import wire.StreamDisturbance.Throttle;

/** What the network may do to one conversation, and how the conversation then ends. */
enum Fault {
  SPLITS_THE_REQUEST_INTO_BYTES(CLIENT, Ending.DELIVERED, (_, _) -> new Split(1)),
  SPLITS_THE_END_OF_THE_REQUEST(
      CLIENT, Ending.DELIVERED, (size, _) -> new SplitAt(size - 3, size - 2, size - 1)),
  SPLITS_THE_REQUEST_ANYWHERE(CLIENT, Ending.DELIVERED, (_, _) -> randomPieces(9)),
  THROTTLES_THE_REQUEST(CLIENT, Ending.DELIVERED, (size, _) -> inAFifthOfASecond(size)),
  HOLDS_THE_REQUEST(CLIENT, Ending.RELEASED, (_, gate) -> new Hold(gate)),
  STALLS_THE_REQUEST(CLIENT, Ending.RELEASED, (size, gate) -> new StallAfter(size / 2, gate)),
  STALLS_THE_LAST_BYTE(CLIENT, Ending.RELEASED, (size, gate) -> new StallAfter(size - 1, gate)),
  HALF_CLOSES_AFTER_THE_REQUEST(CLIENT, Ending.DELIVERED, (size, _) -> new HalfCloseAfter(size)),

  HALF_CLOSES_BEFORE_THE_REQUEST(CLIENT, Ending.UNSAID, (_, _) -> new HalfCloseAfter(0)),
  HALF_CLOSES_IN_THE_REQUEST(CLIENT, Ending.CLOSED, (size, _) -> new HalfCloseAfter(size / 2)),
  HALF_CLOSES_BEFORE_THE_LAST_BYTE(
      CLIENT, Ending.CLOSED, (size, _) -> new HalfCloseAfter(size - 1)),
  RESETS_BEFORE_THE_REQUEST(CLIENT, Ending.RESET, (_, _) -> new ResetAfter(0)),
  RESETS_IN_THE_REQUEST(CLIENT, Ending.RESET, (size, _) -> new ResetAfter(size / 2)),
  RESETS_BEFORE_THE_LAST_BYTE(CLIENT, Ending.RESET, (size, _) -> new ResetAfter(size - 1)),

  ACCEPTS_LATE(SERVER, Ending.RELEASED, (_, gate) -> new AcceptLate(gate)),
  SPLITS_THE_REPLY(SERVER, Ending.DELIVERED, (_, _) -> new Split(16)),
  SPLITS_THE_REPLY_ANYWHERE(SERVER, Ending.DELIVERED, (_, _) -> randomPieces(50)),
  THROTTLES_THE_REPLY(SERVER, Ending.DELIVERED, (size, _) -> inAFifthOfASecond(size)),
  HOLDS_THE_REPLY(SERVER, Ending.RELEASED, (_, gate) -> new Hold(gate)),
  STALLS_THE_REPLY(SERVER, Ending.RELEASED, (size, gate) -> new StallAfter(size / 2, gate)),

  HALF_CLOSES_BEFORE_THE_REPLY(SERVER, Ending.CUT, (_, _) -> new HalfCloseAfter(0)),
  HALF_CLOSES_IN_THE_REPLY(SERVER, Ending.CUT, (size, _) -> new HalfCloseAfter(size / 2)),
  RESETS_BEFORE_THE_REPLY(SERVER, Ending.CUT, (_, _) -> new ResetAfter(0)),
  RESETS_IN_THE_REPLY(SERVER, Ending.CUT, (size, _) -> new ResetAfter(size / 2));

  /** How a conversation ends that the fault befell. */
  enum Ending {
    /** The answer comes, whole. */
    DELIVERED,
    /** Nothing moves until the gate opens; then the answer comes, whole. */
    RELEASED,
    /** No answer comes. Where something must be said, the server says that nothing was. */
    UNSAID,
    /** No answer comes, and the server says that the request ended too early. */
    CLOSED,
    /** No answer comes, and the server says that the connection was reset. */
    RESET,
    /** The answer comes in part. The server may have finished by then, and so need not say it. */
    CUT
  }

  /** Makes the disturbance, given how many bytes the side sends, and the gate that releases it. */
  private interface Making {
    StreamDisturbance of(long size, ManualGate gate);
  }

  private static final long SEED = 12; // any: it is always the same

  private final Side from;
  private final Ending ending;
  private final Making making;

  Fault(Side from, Ending ending, Making making) {
    this.from = from;
    this.ending = ending;
    this.making = making;
  }

  private static Throttle inAFifthOfASecond(long size) {
    return new Throttle(5 * size);
  }

  private static SplitRandomly randomPieces(int most) {
    return new SplitRandomly(most, SEED);
  }

  /** Whose bytes it disturbs. */
  Side from() {
    return from;
  }

  Ending ending() {
    return ending;
  }

  /** Whether the answer comes in the end. */
  boolean delivers() {
    return ending == Ending.DELIVERED || ending == Ending.RELEASED;
  }

  /** What waits for a gate, waits for this one. */
  StreamDisturbance disturbance(long size, ManualGate gate) {
    return making.of(size, gate);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
