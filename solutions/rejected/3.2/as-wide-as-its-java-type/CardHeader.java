// Believes: an int takes four bytes on the wire and a long takes eight.
// Rejected by: CardHeaderTest "writes each field at its place, the highest byte first"
package ch03;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

public record CardHeader(int kind, int copies, int length, long number, long published) {
  public static final int BYTES = 16;

  public byte[] encode() {
    if (kind < 0 || kind > 255) throw new IllegalArgumentException("kind");
    if (copies < 0 || copies > 255) throw new IllegalArgumentException("copies");
    if (length < 0 || length > 65535) throw new IllegalArgumentException("length");
    if (number < 0 || number > 4294967295L) throw new IllegalArgumentException("number");
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(kind);
      out.writeInt(copies);
      out.writeInt(length);
      out.writeLong(number);
      out.writeLong(published);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
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
