// Believes: a char is a byte that was read.
// Rejected by: LineReaderTest "decodes a line when all of its bytes are there"
package ch05;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

public final class LineReader {
  public static final int MAX_BYTES = 16 * 1024;

  private final InputStream in;

  public LineReader(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  public Optional<String> readLine() throws IOException {
    var line = new StringBuilder();
    int next;
    while ((next = in.read()) != -1) {
      if (next == '\n') {
        if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
          line.deleteCharAt(line.length() - 1);
        }
        return Optional.of(line.toString());
      }
      if (line.length() >= MAX_BYTES && next != '\r' || line.length() > MAX_BYTES) {
        throw new LineTooLong();
      }
      line.append((char) next);
    }
    return line.isEmpty() ? Optional.empty() : Optional.of(line.toString());
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
