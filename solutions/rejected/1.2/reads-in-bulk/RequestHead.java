// Believes: cutting the surplus off the result leaves it in the stream.
// Rejected by: RequestHeadTest "leaves what follows the head in the stream"
package ch01;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

public final class RequestHead {
  public static final int MAX_BYTES = 8 * 1024;

  private RequestHead() {}

  public static Optional<byte[]> read(InputStream in) throws IOException {
    var taken = new ByteArrayOutputStream();
    var buffer = new byte[1024];
    while (true) {
      int count = in.read(buffer);
      if (count < 0 && taken.size() == 0) return Optional.empty();
      if (count < 0) throw new EOFException("the client is gone");
      taken.write(buffer, 0, count);
      var text = taken.toString(StandardCharsets.ISO_8859_1);
      int end = text.indexOf("\r\n\r\n");
      if (end + 4 > MAX_BYTES || end < 0 && text.length() > MAX_BYTES) throw new HeadTooLong();
      if (end >= 0) {
        return Optional.of(text.substring(0, end + 4).getBytes(StandardCharsets.ISO_8859_1));
      }
    }
  }

  public static final class HeadTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public HeadTooLong() {
      super("request head over " + MAX_BYTES + " bytes");
    }
  }
}
