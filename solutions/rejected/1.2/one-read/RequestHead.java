// Believes: one read() brings one request.
// Rejected by: RequestHeadTest "puts the head together, however it arrives"
package ch01;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

public final class RequestHead {
  public static final int MAX_BYTES = 8 * 1024;

  private RequestHead() {}

  public static Optional<byte[]> read(InputStream in) throws IOException {
    var buffer = new byte[MAX_BYTES];
    int count = in.read(buffer);
    if (count < 0) return Optional.empty();
    return Optional.of(Arrays.copyOf(buffer, count));
  }

  public static final class HeadTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public HeadTooLong() {
      super("request head over " + MAX_BYTES + " bytes");
    }
  }
}
