// Believes: what the terminal sends at once comes at once: a read brings a line.
// Rejected by: LineReaderTest "puts a line together, however it arrives"
package ch05;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

public final class LineReader {
  public static final int MAX_BYTES = 16 * 1024;

  private final InputStream in;

  public LineReader(InputStream in) {
    this.in = in;
  }

  public Optional<String> readLine() throws IOException {
    var buffer = new byte[MAX_BYTES + 2];
    int count = in.read(buffer);
    if (count < 0) return Optional.empty();
    var line = new String(buffer, 0, count, StandardCharsets.UTF_8);
    if (line.endsWith("\n")) line = line.substring(0, line.length() - 1);
    if (line.endsWith("\r")) line = line.substring(0, line.length() - 1);
    if (line.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) throw new LineTooLong();
    return Optional.of(line);
  }

  public byte[] readBytes(int count) throws IOException {
    var bytes = in.readNBytes(count);
    if (bytes.length < count) throw new EOFException("only " + bytes.length);
    return bytes;
  }

  public static final class LineTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public LineTooLong() {
      super("line over " + MAX_BYTES + " bytes");
    }
  }
}
