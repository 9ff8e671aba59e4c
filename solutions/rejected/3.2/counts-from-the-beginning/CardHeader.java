// Believes: a header begins where its buffer begins.
// Rejected by: CardHeaderTest "reads the header and stops at the title"
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
    var header =
        new CardHeader(
            in.get(0) & 0xff,
            in.get(1) & 0xff,
            (int) number(in, 2, 2),
            number(in, 4, 4),
            number(in, 8, 8));
    in.position(in.position() + BYTES);
    return header;
  }

  private static long number(ByteBuffer in, int from, int width) {
    long number = 0;
    for (int i = from; i < from + width; i++) number = number << 8 | in.get(i) & 0xff;
    return number;
  }
}
