// Believes: a CR is always a part of a line end and can go.
// Rejected by: LineReaderTest "ends a line at LF or CR LF and nowhere else"
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
    while ((next = in.read()) != -1) {
      if (next == '\n') return Optional.of(line.toString(StandardCharsets.UTF_8));
      if (next == '\r') continue;
      if (line.size() == MAX_BYTES) throw new LineTooLong();
      line.write(next);
    }
    return line.size() == 0 ? Optional.empty() : Optional.of(line.toString(StandardCharsets.UTF_8));
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
