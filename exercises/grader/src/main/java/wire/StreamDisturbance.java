package wire;

import java.util.Arrays;
import java.util.List;

/**
 * What the tap does to the bytes of one side of a connection. Offsets count the bytes of that side
 * from the connection's first. Several act together, each at its own offsets.
 */
public sealed interface StreamDisturbance {
  /**
   * A cut at every multiple of so many bytes. A piece is a write of its own, and it is not written
   * before the receiver has read the one before: see {@link ReceiveQueue} for where that holds.
   */
  record Split(int bytes) implements StreamDisturbance {
    public Split {
      if (bytes < 1) throw new IllegalArgumentException("pieces of " + bytes + " bytes");
    }
  }

  /** A cut before each of these offsets; pieces as in {@link Split}. */
  record SplitAt(List<Long> offsets) implements StreamDisturbance {
    public SplitAt {
      offsets = offsets.stream().sorted().toList();
      if (!offsets.isEmpty()) atLeastZero(offsets.getFirst());
    }

    public SplitAt(long... offsets) {
      this(Arrays.stream(offsets).boxed().toList());
    }
  }

  /**
   * Pieces of 1 to {@code most} bytes. The same seed cuts the n-th connection at the same offsets,
   * however the sender wrote.
   */
  record SplitRandomly(int most, long seed) implements StreamDisturbance {
    public SplitRandomly {
      if (most < 1) throw new IllegalArgumentException("pieces of up to " + most + " bytes");
    }
  }

  /** Nothing passes, not even the end, until the gate opens. */
  record Hold(Gate gate) implements StreamDisturbance {}

  /** So many bytes pass; what follows, be it the end, waits until the gate opens. */
  record StallAfter(long bytes, Gate gate) implements StreamDisturbance {
    public StallAfter {
      atLeastZero(bytes);
    }
  }

  /** At most so many bytes per second, in pieces of a twentieth of a second. */
  record Throttle(long bytesPerSecond) implements StreamDisturbance {
    public Throttle {
      if (bytesPerSecond < 1) throw new IllegalArgumentException(bytesPerSecond + " bytes/s");
    }
  }

  /**
   * So many bytes pass, then the receiver sees the end (FIN). What the sender sends after them is
   * read and dropped; it does not notice.
   */
  record HalfCloseAfter(long bytes) implements StreamDisturbance {
    public HalfCloseAfter {
      atLeastZero(bytes);
    }
  }

  /** So many bytes arrive, then both sides see the connection cut (RST). */
  record ResetAfter(long bytes) implements StreamDisturbance {
    public ResetAfter {
      atLeastZero(bytes);
    }
  }

  /**
   * The tap takes the client's call, and calls the server when the gate opens. It belongs to the
   * server's side.
   */
  record AcceptLate(Gate gate) implements StreamDisturbance {}

  private static void atLeastZero(long offset) {
    if (offset < 0) throw new IllegalArgumentException("offset " + offset);
  }
}
