// Believes: a cast to byte or short throws if the value does not fit.
// Rejected by: CardHeaderTest "refuses a value that does not fit"
package ch03;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

public record CardHeader(int kind, int copies, int length, long number, long published) {
  public static final int BYTES = 16;

  public byte[] encode() {
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
