// Believes: a line is too long when it is complete and too long.
// Rejected by: LineReaderTest "refuses a line over 16 KB there and then"
package ch05;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

public final class LineReader {
  public static final int MAX_BYTES = 16 * 1024;

  private final InputStream in;

  public LineReader(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  public Optional<String> readLine() throws IOException {
    var line = new ByteArrayOutputStream();
    int next = in.read();
    if (next < 0) return Optional.empty();
    while (next >= 0 && next != '\n') {
      line.write(next);
      next = in.read();
    }
    int length = line.size();
    var bytes = line.toByteArray();
    if (next == '\n' && length > 0 && bytes[length - 1] == '\r') length--;
    if (length > MAX_BYTES) throw new LineTooLong();
    return Optional.of(new String(bytes, 0, length, StandardCharsets.UTF_8));
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
