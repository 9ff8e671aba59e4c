// Believes: one read() brings one frame.
// Rejected by: FramesTest "puts a frame together, however it arrives"
package ch05;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

public final class Frames {
  public static final int MAX_PAYLOAD_BYTES = 64 * 1024;

  private Frames() {}

  public static Optional<byte[]> read(InputStream in) throws IOException {
    var buffer = new byte[4 + MAX_PAYLOAD_BYTES];
    int count = in.read(buffer);
    if (count < 0) return Optional.empty();
    if (count < 4) throw new EOFException("no whole length");
    int length = ByteBuffer.wrap(buffer).getInt();
    if (length < 0 || length > MAX_PAYLOAD_BYTES) throw new FrameTooLong();
    if (count < 4 + length) throw new EOFException("no whole payload");
    return Optional.of(Arrays.copyOfRange(buffer, 4, 4 + length));
  }

  public static final class FrameTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public FrameTooLong() {
      super("a payload over " + MAX_PAYLOAD_BYTES + " bytes");
    }
  }
}
