package ch05;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Exercise 5.1: frame reader. */
public final class Frames {
  public static final int MAX_PAYLOAD_BYTES = 64 * 1024;

  private static final int PREFIX_BYTES = 4;

  private Frames() {}

  /** Each part is read to its own end and no further: there is nothing to put back. */
  public static Optional<byte[]> read(InputStream in) throws IOException {
    var prefix = in.readNBytes(PREFIX_BYTES);
    if (prefix.length == 0) return Optional.empty(); // the only place where an end is clean
    int length = ByteBuffer.wrap(whole(prefix, PREFIX_BYTES)).getInt();
    if (Integer.compareUnsigned(length, MAX_PAYLOAD_BYTES) > 0) throw new FrameTooLong();
    return Optional.of(whole(in.readNBytes(length), length));
  }

  /** readNBytes reads on until it has all or the stream has ended; then it returns what it has. */
  private static byte[] whole(byte[] bytes, int wanted) throws EOFException {
    if (bytes.length == wanted) return bytes;
    throw new EOFException("the scanner broke off: %d of %d bytes".formatted(bytes.length, wanted));
  }

  /** A sender announced more than we are ready to keep. */
  public static final class FrameTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public FrameTooLong() {
      super("a payload over " + MAX_PAYLOAD_BYTES + " bytes");
    }
  }
}
