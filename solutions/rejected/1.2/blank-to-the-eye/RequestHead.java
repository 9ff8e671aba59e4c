// Believes: a line that looks blank is blank.
// Rejected by: RequestHeadTest "ends at CR LF CR LF and nowhere else"
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
    var head = new ByteArrayOutputStream();
    var line = new ByteArrayOutputStream();
    int before = 0;
    while (true) {
      int next = in.read();
      if (next < 0 && head.size() == 0) return Optional.empty();
      if (next < 0) throw new EOFException("the client is gone");
      if (head.size() == MAX_BYTES) throw new HeadTooLong();
      head.write(next);
      line.write(next);
      if (before == '\r' && next == '\n') {
        if (line.toString(StandardCharsets.ISO_8859_1).isBlank()) break;
        line.reset();
      }
      before = next;
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
