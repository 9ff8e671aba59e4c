// Believes: the blank line comes in one piece.
// Rejected by: RequestHeadTest "puts the head together, however it arrives"
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
    var buffer = new byte[1024];
    while (true) {
      int count = in.read(buffer);
      if (count < 0 && head.size() == 0) return Optional.empty();
      if (count < 0) throw new EOFException("the client is gone");
      if (head.size() + count > MAX_BYTES) throw new HeadTooLong();
      head.write(buffer, 0, count);
      var piece = new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
      if (piece.contains("\r\n\r\n")) return Optional.of(head.toByteArray());
    }
  }

  public static final class HeadTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public HeadTooLong() {
      super("request head over " + MAX_BYTES + " bytes");
    }
  }
}
