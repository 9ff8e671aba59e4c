// Believes: a length cannot be negative.
// Rejected by: FramesTest "believes no length over 65536"
package ch05;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Optional;

public final class Frames {
  public static final int MAX_PAYLOAD_BYTES = 64 * 1024;

  private Frames() {}

  public static Optional<byte[]> read(InputStream in) throws IOException {
    var peekable = new PushbackInputStream(in);
    int first = peekable.read();
    if (first < 0) return Optional.empty();
    peekable.unread(first);
    var data = new DataInputStream(peekable);
    int length = data.readInt();
    if (length > MAX_PAYLOAD_BYTES) throw new FrameTooLong();
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
