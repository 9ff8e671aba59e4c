// Believes: what a packet holds behind the frame is of no use.
// Rejected by: FramesTest "leaves the next frame in the stream"
package ch05;

import java.io.ByteArrayOutputStream;
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
    var taken = new ByteArrayOutputStream();
    var packet = new byte[4 + MAX_PAYLOAD_BYTES];
    int wanted = 4;
    while (taken.size() < wanted) {
      int count = in.read(packet);
      if (count < 0 && taken.size() == 0) return Optional.empty();
      if (count < 0) throw new EOFException("the scanner is gone");
      taken.write(packet, 0, count);
      if (taken.size() >= 4) {
        int length = ByteBuffer.wrap(taken.toByteArray()).getInt();
        if (length < 0 || length > MAX_PAYLOAD_BYTES) throw new FrameTooLong();
        wanted = 4 + length;
      }
    }
    return Optional.of(Arrays.copyOfRange(taken.toByteArray(), 4, wanted));
  }

  public static final class FrameTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public FrameTooLong() {
      super("a payload over " + MAX_PAYLOAD_BYTES + " bytes");
    }
  }
}
