// Believes: once every byte is masked, nothing can be negative any more.
// Rejected by: CardHeaderTest "takes the highest bit for a value, not for a sign"
package ch03;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

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
    int kind = in.get() & 0xff;
    int copies = in.get() & 0xff;
    int length = (in.get() & 0xff) << 8 | (in.get() & 0xff);
    long number = int32(in);
    long published = (long) int32(in) << 32 | int32(in);
    return new CardHeader(kind, copies, length, number, published);
  }

  private static int int32(ByteBuffer in) {
    return (in.get() & 0xff) << 24
        | (in.get() & 0xff) << 16
        | (in.get() & 0xff) << 8
        | (in.get() & 0xff);
  }
}
