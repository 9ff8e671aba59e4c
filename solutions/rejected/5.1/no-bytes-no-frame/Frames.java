// Believes: a payload of no bytes is no payload.
// Rejected by: FramesTest "returns a payload after its last byte"
package ch05;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

public final class Frames {
  public static final int MAX_PAYLOAD_BYTES = 64 * 1024;

  private Frames() {}

  public static Optional<byte[]> read(InputStream in) throws IOException {
    int first = in.read();
    if (first < 0) return Optional.empty();
    var data = new DataInputStream(in);
    int length = first << 24 | data.readUnsignedByte() << 16 | data.readUnsignedShort();
    if (length < 0 || length > MAX_PAYLOAD_BYTES) throw new FrameTooLong();
    var payload = in.readNBytes(length);
    if (payload.length < length) throw new EOFException("the frame is cut short");
    return Optional.of(payload).filter(bytes -> bytes.length > 0);
  }

  public static final class FrameTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public FrameTooLong() {
      super("a payload over " + MAX_PAYLOAD_BYTES + " bytes");
    }
  }
}
