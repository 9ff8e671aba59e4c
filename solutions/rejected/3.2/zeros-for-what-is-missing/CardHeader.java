// Believes: what has not arrived is zero.
// Rejected by: CardHeaderTest "takes nothing before all of the header is there"
package ch03;

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
    var header = ByteBuffer.allocate(BYTES);
    while (header.hasRemaining() && in.hasRemaining()) header.put(in.get());
    header.rewind();
    return new CardHeader(
        header.get() & 0xff,
        header.get() & 0xff,
        header.getShort() & 0xffff,
        header.getInt() & 0xffff_ffffL,
        header.getLong());
  }
}
