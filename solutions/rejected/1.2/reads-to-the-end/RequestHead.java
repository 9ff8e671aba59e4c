// Believes: a request ends where its stream ends.
// Rejected by: RequestHeadTest "returns as soon as the blank line is there"
package ch01;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

public final class RequestHead {
  public static final int MAX_BYTES = 8 * 1024;

  private RequestHead() {}

  public static Optional<byte[]> read(InputStream in) throws IOException {
    var all = in.readAllBytes();
    if (all.length == 0) return Optional.empty();
    var text = new String(all, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) throw new EOFException("no blank line");
    if (end + 4 > MAX_BYTES) throw new HeadTooLong();
    return Optional.of(text.substring(0, end + 4).getBytes(StandardCharsets.ISO_8859_1));
  }

  public static final class HeadTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public HeadTooLong() {
      super("request head over " + MAX_BYTES + " bytes");
    }
  }
}
