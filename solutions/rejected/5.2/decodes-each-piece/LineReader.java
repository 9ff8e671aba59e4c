// Believes: a piece of a text is a text.
// Rejected by: LineReaderTest "decodes a line when all of its bytes are there"
package ch05;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

public final class LineReader {
  public static final int MAX_BYTES = 16 * 1024;

  private final InputStream in;
  private final byte[] buffer = new byte[8192];
  private int from;
  private int to;

  public LineReader(InputStream in) {
    this.in = in;
  }

  public Optional<String> readLine() throws IOException {
    var line = new StringBuilder();
    int bytes = 0;
    while (true) {
      if (from == to) {
        from = 0;
        to = Math.max(0, in.read(buffer));
        if (to == 0) return line.isEmpty() ? Optional.empty() : Optional.of(line.toString());
      }
      int end = from;
      while (end < to && buffer[end] != '\n') end++;
      line.append(new String(buffer, from, end - from, StandardCharsets.UTF_8));
      bytes += end - from;
      boolean complete = end < to;
      from = complete ? end + 1 : end;
      boolean cr = !line.isEmpty() && line.charAt(line.length() - 1) == '\r';
      if (bytes - (cr ? 1 : 0) > MAX_BYTES) throw new LineTooLong();
      if (complete) {
        if (cr) line.setLength(line.length() - 1);
        return Optional.of(line.toString());
      }
    }
  }

  public byte[] readBytes(int count) throws IOException {
    int here = Math.min(count, to - from);
    var bytes = Arrays.copyOfRange(buffer, from, from + count);
    from += here;
    if (in.readNBytes(bytes, here, count - here) < count - here) throw new EOFException();
    return bytes;
  }

  public static final class LineTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public LineTooLong() {
      super("line over " + MAX_BYTES + " bytes");
    }
  }
}
