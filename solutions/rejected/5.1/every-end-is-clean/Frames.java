// Believes: an EOFException says that there are no more frames.
// Rejected by: FramesTest "tells the end of the stream from the end of a frame"
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
    var data = new DataInputStream(in);
    try {
      int length = data.readInt();
      if (length < 0 || length > MAX_PAYLOAD_BYTES) throw new FrameTooLong();
      var payload = new byte[length];
      data.readFully(payload);
      return Optional.of(payload);
    } catch (EOFException over) {
      return Optional.empty();
    }
  }

  public static final class FrameTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public FrameTooLong() {
      super("a payload over " + MAX_PAYLOAD_BYTES + " bytes");
    }
  }
}
