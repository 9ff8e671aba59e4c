// Believes: when available() is 0, the client has said all.
// Rejected by: RequestHeadTest "puts the head together, however it arrives"
package ch01;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

public final class RequestHead {
  public static final int MAX_BYTES = 8 * 1024;

  private RequestHead() {}

  public static Optional<byte[]> read(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    int next = in.read();
    if (next < 0) return Optional.empty();
    head.write(next);
    while (in.available() > 0) {
      if (head.size() == MAX_BYTES) throw new HeadTooLong();
      head.write(in.read());
    }
    return Optional.of(head.toByteArray());
  }

  public static final class HeadTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public HeadTooLong() {
      super("request head over " + MAX_BYTES + " bytes");
    }
  }
}
