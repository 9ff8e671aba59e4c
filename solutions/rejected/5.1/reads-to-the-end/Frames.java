// Believes: a frame ends where its stream ends.
// Rejected by: FramesTest "returns a payload after its last byte"
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
    var all = in.readAllBytes();
    if (all.length == 0) return Optional.empty();
    if (all.length < 4) throw new EOFException("no whole length");
    int length = ByteBuffer.wrap(all).getInt();
    if (length < 0 || length > MAX_PAYLOAD_BYTES) throw new FrameTooLong();
    if (all.length < 4 + length) throw new EOFException("no whole payload");
    return Optional.of(Arrays.copyOfRange(all, 4, 4 + length));
  }

  public static final class FrameTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public FrameTooLong() {
      super("a payload over " + MAX_PAYLOAD_BYTES + " bytes");
    }
  }
}
