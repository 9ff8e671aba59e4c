// Believes: the lowest byte of a number is its first.
// Rejected by: CardHeaderTest "writes each field at its place, the highest byte first"
package ch03;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

public record CardHeader(int kind, int copies, int length, long number, long published) {
  public static final int BYTES = 16;

  public byte[] encode() {
    var out = new byte[BYTES];
    put(out, 0, 1, kind, 0xff);
    put(out, 1, 1, copies, 0xff);
    put(out, 2, 2, length, 0xffff);
    put(out, 4, 4, number, 0xffff_ffffL);
    for (int i = 0; i < 8; i++) out[8 + i] = (byte) (published >>> 8 * i);
    return out;
  }

  private static void put(byte[] out, int at, int width, long value, long max) {
    if (value < 0 || value > max) throw new IllegalArgumentException("does not fit: " + value);
    for (int i = 0; i < width; i++) out[at + i] = (byte) (value >>> 8 * i);
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
