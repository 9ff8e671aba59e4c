// Believes: what is kept is counted, and the CR is kept until the LF comes.
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
    int next;
    while ((next = in.read()) >= 0 && next != '\n') {
      if (line.size() == MAX_BYTES) throw new LineTooLong();
      line.write(next);
    }
    if (next < 0 && line.size() == 0) return Optional.empty();
    var text = line.toString(StandardCharsets.UTF_8);
    return Optional.of(
        next == '\n' && text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
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
