// Believes: a buffer makes reading faster and changes nothing else.
// Rejected by: FramesTest "leaves the next frame in the stream"
package ch05;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

public final class Frames {
  public static final int MAX_PAYLOAD_BYTES = 64 * 1024;

  private Frames() {}

  public static Optional<byte[]> read(InputStream in) throws IOException {
    var data = new DataInputStream(new BufferedInputStream(in));
    data.mark(1);
    if (data.read() < 0) return Optional.empty();
    data.reset();
    int length = data.readInt();
    if (length < 0 || length > MAX_PAYLOAD_BYTES) throw new FrameTooLong();
    var payload = new byte[length];
    data.readFully(payload);
    return Optional.of(payload);
  }

  public static final class FrameTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public FrameTooLong() {
      super("a payload over " + MAX_PAYLOAD_BYTES + " bytes");
    }
  }
}
