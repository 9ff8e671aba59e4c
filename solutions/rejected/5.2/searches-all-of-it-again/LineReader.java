// Believes: to find the line end, look at all that has come, each time that something comes.
// Rejected by: LineReaderTest "asks for many bytes at a time and looks at each once"
package ch05;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

public final class LineReader {
  public static final int MAX_BYTES = 16 * 1024;

  private final InputStream in;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final byte[] buffer = new byte[4096];

  public LineReader(InputStream in) {
    this.in = in;
  }

  public Optional<String> readLine() throws IOException {
    while (true) {
      byte[] all = kept.toByteArray();
      // One character for each byte, so that an index in the one is an index in the other.
      int end = new String(all, StandardCharsets.ISO_8859_1).indexOf('\n');
      int length = end < 0 ? all.length : end;
      int certain = length > 0 && all[length - 1] == '\r' ? length - 1 : length;
      if (certain > MAX_BYTES) throw new LineTooLong();
      if (end >= 0) {
        take(end + 1);
        return Optional.of(new String(all, 0, certain, StandardCharsets.UTF_8));
      }
      if (!more()) {
        take(length);
        return length == 0
            ? Optional.empty()
            : Optional.of(new String(all, StandardCharsets.UTF_8));
      }
    }
  }

  public byte[] readBytes(int count) throws IOException {
    while (kept.size() < count) if (!more()) throw new EOFException();
    return take(count);
  }

  private boolean more() throws IOException {
    int count = in.read(buffer);
    if (count > 0) kept.write(buffer, 0, count);
    return count > 0;
  }

  private byte[] take(int count) {
    byte[] all = kept.toByteArray();
    kept.reset();
    kept.write(all, count, all.length - count);
    return Arrays.copyOf(all, count);
  }

  public static final class LineTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public LineTooLong() {
      super("line over " + MAX_BYTES + " bytes");
    }
  }
}
