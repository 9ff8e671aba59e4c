// Believes: once the length is known, one read() is enough.
// Rejected by: FramesTest "puts a frame together, however it arrives"
package ch05;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

public final class Frames {
  public static final int MAX_PAYLOAD_BYTES = 64 * 1024;

  private Frames() {}

  public static Optional<byte[]> read(InputStream in) throws IOException {
    int length = in.read();
    if (length < 0) return Optional.empty();
    for (int i = 1; i < 4; i++) {
      int next = in.read();
      if (next < 0) throw new EOFException("the length is cut short");
      length = length << 8 | next;
    }
    if (length < 0 || length > MAX_PAYLOAD_BYTES) throw new FrameTooLong();
    var payload = new byte[length];
    if (length > 0 && in.read(payload) < 0) throw new EOFException("the payload is missing");
    return Optional.of(payload);
  }

  public static final class FrameTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public FrameTooLong() {
      super("a payload over " + MAX_PAYLOAD_BYTES + " bytes");
    }
  }
}
