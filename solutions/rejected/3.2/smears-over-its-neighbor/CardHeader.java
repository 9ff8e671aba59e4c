// Believes: a byte that is joined to a number brings its eight bits and nothing else.
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
    byte[] b = new byte[BYTES];
    in.get(b);
    int kind = b[0] & 0xff;
    int copies = b[1] & 0xff;
    int length = b[2] << 8 | b[3];
    long number = 0;
    for (int i = 4; i < 8; i++) number = number << 8 | b[i];
    long published = 0;
    for (int i = 8; i < 16; i++) published = published << 8 | b[i];
    return new CardHeader(kind, copies, length & 0xffff, number & 0xffff_ffffL, published);
  }
}
