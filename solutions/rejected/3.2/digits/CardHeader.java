// Believes: a number travels as its digits; a fixed width makes them binary.
// Rejected by: CardHeaderTest "writes each field at its place, the highest byte first"
package ch03;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

public record CardHeader(int kind, int copies, int length, long number, long published) {
  public static final int BYTES = 16;

  public byte[] encode() {
    if (kind < 0 || kind > 255 || copies < 0 || copies > 255) {
      throw new IllegalArgumentException("kind or copies");
    }
    if (length < 0 || length > 65535 || number < 0 || number > 4294967295L) {
      throw new IllegalArgumentException("length or number");
    }
    return "%1d%1d%2d%4d%8d"
        .formatted(kind, copies, length, number, published)
        .getBytes(StandardCharsets.US_ASCII);
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
