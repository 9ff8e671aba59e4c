package ch03;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** Exercise 3.2: network byte order. */
public record CardHeader(int kind, int copies, int length, long number, long published) {
  public static final int BYTES = 16;

  private static final long U8_MAX = 0xFF;
  private static final long U16_MAX = 0xFFFF;
  private static final long U32_MAX = 0xFFFF_FFFFL;

  public byte[] encode() {
    // A new buffer is big endian on every machine. The casts drop high bits; those are zero here.
    return ByteBuffer.allocate(BYTES)
        .put((byte) fitting("kind", kind, U8_MAX))
        .put((byte) fitting("copies", copies, U8_MAX))
        .putShort((short) fitting("length", length, U16_MAX))
        .putInt((int) fitting("number", number, U32_MAX))
        .putLong(published)
        .array();
  }

  private static long fitting(String field, long value, long max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(field + " is not within 0 and " + max + ": " + value);
    }
    return value;
  }

  public static CardHeader decode(ByteBuffer in) {
    if (in.remaining() < BYTES) throw new BufferUnderflowException();
    // A view: big endian whatever the order of its origin, with a position of its own.
    var header = in.slice();
    in.position(in.position() + BYTES);
    return new CardHeader(
        Byte.toUnsignedInt(header.get()),
        Byte.toUnsignedInt(header.get()),
        Short.toUnsignedInt(header.getShort()),
        Integer.toUnsignedLong(header.getInt()),
        header.getLong());
  }
}
