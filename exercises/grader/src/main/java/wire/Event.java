package wire;

import java.util.Arrays;
import java.util.Objects;

/**
 * One thing that happened on the wire.
 *
 * @param nanos since the recording began; never less than that of the event before
 * @param conversation 1, 2, … in order of connecting; a datagram client counts as one
 * @param from who did it. What a disturbance does in a side's name is that side's, too
 * @param act what it was
 * @param bytes the first of them, at most {@link #KEPT_BYTES}; empty for an act that has none
 * @param length how many there were
 */
public record Event(long nanos, int conversation, Side from, Act act, byte[] bytes, int length) {
  /** More of one event would only make the recording large: nobody reads that far. */
  public static final int KEPT_BYTES = 1024;

  public Event {
    Objects.requireNonNull(from);
    Objects.requireNonNull(act);
    if (nanos < 0) throw new IllegalArgumentException("before the recording began: " + nanos);
    if (conversation < 1) throw new IllegalArgumentException("no conversation " + conversation);
    if (length < bytes.length) throw new IllegalArgumentException("more bytes than " + length);
    if (length > 0 && !act.hasBytes()) throw new IllegalArgumentException(act + " has no bytes");
    bytes = Arrays.copyOf(bytes, Math.min(bytes.length, KEPT_BYTES));
  }

  /** An act without bytes. */
  public Event(long nanos, int conversation, Side from, Act act) {
    this(nanos, conversation, from, act, new byte[0], 0);
  }

  /** Bytes passed on, all of them given. */
  public static Event data(long nanos, int conversation, Side from, byte[] bytes) {
    return new Event(nanos, conversation, from, Act.DATA, bytes, bytes.length);
  }

  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Whether there were more bytes than are kept. */
  public boolean cut() {
    return bytes.length < length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Event that
        && nanos == that.nanos
        && conversation == that.conversation
        && from == that.from
        && act == that.act
        && length == that.length
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(nanos, conversation, from, act, length, Arrays.hashCode(bytes));
  }

  /** The event's line in the text form of a recording. */
  @Override
  public String toString() {
    return RecordingText.line(this);
  }
}
