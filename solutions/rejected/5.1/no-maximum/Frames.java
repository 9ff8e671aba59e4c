// Believes: a length is what the sender says it is.
// Rejected by: FramesTest "believes no length over 65536"
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
    var prefix = in.readNBytes(4);
    if (prefix.length == 0) return Optional.empty();
    if (prefix.length < 4) throw new EOFException("the length is cut short");
    int length = ByteBuffer.wrap(prefix).getInt();
    var payload = in.readNBytes(length);
    if (payload.length < length) throw new EOFException("the payload is cut short");
    return Optional.of(payload);
  }

  public static final class FrameTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public FrameTooLong() {
      super("a payload over " + MAX_PAYLOAD_BYTES + " bytes");
    }
  }
}
