// Believes: four bytes are too few to be cut.
// Rejected by: FramesTest "puts a frame together, however it arrives"
package ch05;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

public final class Frames {
  public static final int MAX_PAYLOAD_BYTES = 64 * 1024;

  private Frames() {}

  public static Optional<byte[]> read(InputStream in) throws IOException {
    var prefix = new byte[4];
    if (in.read(prefix) < 0) return Optional.empty();
    int length = ByteBuffer.wrap(prefix).getInt();
    if (length < 0 || length > MAX_PAYLOAD_BYTES) throw new FrameTooLong();
    var payload = new byte[length];
    int filled = 0;
    while (filled < length) {
      int count = in.read(payload, filled, length - filled);
      if (count < 0) throw new EOFException("the payload is cut short");
      filled += count;
    }
    return Optional.of(payload);
  }

  public static final class FrameTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public FrameTooLong() {
      super("a payload over " + MAX_PAYLOAD_BYTES + " bytes");
    }
  }
}
