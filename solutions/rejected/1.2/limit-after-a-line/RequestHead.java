// Believes: it is enough to look at the limit after each line.
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
    while (true) {
      var line = readLine(in);
      if (line.length == 0 && head.size() == 0) return Optional.empty();
      head.writeBytes(line);
      if (head.size() > MAX_BYTES) throw new HeadTooLong();
      if (line.length == 2) return Optional.of(head.toByteArray());
      if (line.length == 0) throw new EOFException("the client is gone");
    }
  }

  /** With its CR LF; empty at the end of the stream. */
  private static byte[] readLine(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    int before = 0;
    int next;
    while ((next = in.read()) >= 0) {
      line.write(next);
      if (before == '\r' && next == '\n') return line.toByteArray();
      before = next;
    }
    if (line.size() > 0) throw new EOFException("the client is gone");
    return new byte[0];
  }

  public static final class HeadTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public HeadTooLong() {
      super("request head over " + MAX_BYTES + " bytes");
    }
  }
}
