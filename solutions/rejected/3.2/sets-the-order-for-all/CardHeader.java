// Believes: whoever reads from a buffer sets its order first.
// Rejected by: CardHeaderTest "reads from any buffer and leaves its order alone"
package ch03;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

public record CardHeader(int kind, int copies, int length, long number, long published) {
  public static final int BYTES = 16;

  public byte[] encode() {
    check(kind, 8);
    check(copies, 8);
    check(length, 16);
    check(number, 32);
    var out = ByteBuffer.allocate(BYTES);
    out.put((byte) kind);
    out.put((byte) copies);
    out.putShort((short) length);
    out.putInt((int) number);
    out.putLong(published);
    return out.array();
  }

  private static void check(long value, int bits) {
    if (value >>> bits != 0) throw new IllegalArgumentException(value + " in " + bits + " bits");
  }

  public static CardHeader decode(ByteBuffer in) {
    if (in.remaining() < BYTES) throw new BufferUnderflowException();
    in.order(ByteOrder.BIG_ENDIAN);
    return new CardHeader(
        in.get() & 0xff,
        in.get() & 0xff,
        in.getShort() & 0xffff,
        in.getInt() & 0xffff_ffffL,
        in.getLong());
  }
}
