// Believes: the array behind a buffer begins where the buffer begins.
// Rejected by: CardHeaderTest "reads from any buffer and leaves its order alone"
package ch03;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    var bytes = new ByteArrayInputStream(in.array(), in.position(), BYTES);
    in.position(in.position() + BYTES);
    try (var data = new DataInputStream(bytes)) {
      return new CardHeader(
          data.readUnsignedByte(),
          data.readUnsignedByte(),
          data.readUnsignedShort(),
          Integer.toUnsignedLong(data.readInt()),
          data.readLong());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
