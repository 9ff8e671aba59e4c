// Believes: a head can be judged when it is complete.
// Rejected by: RequestHeadTest "stops at 8192 bytes"
package ch01;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

public final class RequestHead {
  public static final int MAX_BYTES = 8 * 1024;

  private RequestHead() {}

  public static Optional<byte[]> read(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    int lastFour = 0;
    while (lastFour != 0x0D0A0D0A) {
      int next = in.read();
      if (next < 0 && head.size() == 0) return Optional.empty();
      if (next < 0) throw new EOFException("the client is gone");
      head.write(next);
      lastFour = (lastFour << 8) + next;
    }
    if (head.size() > MAX_BYTES) throw new HeadTooLong();
    return Optional.of(head.toByteArray());
  }

  public static final class HeadTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public HeadTooLong() {
      super("request head over " + MAX_BYTES + " bytes");
    }
  }
}
