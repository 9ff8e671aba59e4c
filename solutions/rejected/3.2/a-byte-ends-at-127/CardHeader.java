// Believes: the limits of a field are MAX_VALUE and MIN_VALUE of the Java type with its width.
// Rejected by: CardHeaderTest "writes every value that a field holds"
package ch03;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

public record CardHeader(int kind, int copies, int length, long number, long published) {
  public static final int BYTES = 16;

  public byte[] encode() {
    if (kind < 0 || kind > Byte.MAX_VALUE) throw new IllegalArgumentException("kind: " + kind);
    if (copies < 0 || copies > Byte.MAX_VALUE) {
      throw new IllegalArgumentException("copies: " + copies);
    }
    if (length < 0 || length > Short.MAX_VALUE) {
      throw new IllegalArgumentException("length: " + length);
    }
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("number: " + number);
    }
    return ByteBuffer.allocate(BYTES)
        .put((byte) kind)
        .put((byte) copies)
        .putShort((short) length)
        .putInt((int) number)
        .putLong(published)
        .array();
  }

  public static CardHeader decode(ByteBuffer in) {
    if (in.remaining() < BYTES) throw new BufferUnderflowException();
    var bytes = new byte[BYTES];
    in.get(bytes);
    var view = ByteBuffer.wrap(bytes);
    return new CardHeader(
        view.get() & 0xff,
        view.get() & 0xff,
        view.getShort() & 0xffff,
        view.getInt() & 0xffff_ffffL,
        view.getLong());
  }
}
