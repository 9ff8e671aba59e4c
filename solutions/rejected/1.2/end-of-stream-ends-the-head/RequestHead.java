// Believes: when nothing more comes, the head is what has come.
// Rejected by: RequestHeadTest "tells the end of the stream from the end of a head"
package ch01;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

public final class RequestHead {
  public static final int MAX_BYTES = 8 * 1024;

  private RequestHead() {}

  public static Optional<byte[]> read(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!isComplete(head)) {
      int next = in.read();
      if (next < 0 && head.size() == 0) return Optional.empty();
      if (next < 0) break;
      if (head.size() == MAX_BYTES) throw new HeadTooLong();
      head.write(next);
    }
    return Optional.of(head.toByteArray());
  }

  private static boolean isComplete(ByteArrayOutputStream head) {
    return head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n");
  }

  public static final class HeadTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public HeadTooLong() {
      super("request head over " + MAX_BYTES + " bytes");
    }
  }
}
