// Believes: a get that throws leaves the buffer as it found it.
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
    return new CardHeader(
        (int) unsigned(in, 1),
        (int) unsigned(in, 1),
        (int) unsigned(in, 2),
        unsigned(in, 4),
        unsigned(in, 8));
  }

  /** Throws a BufferUnderflowException by itself. */
  private static long unsigned(ByteBuffer in, int width) {
    long value = 0;
    for (int i = 0; i < width; i++) value = value << 8 | in.get() & 0xffL;
    return value;
  }
}
