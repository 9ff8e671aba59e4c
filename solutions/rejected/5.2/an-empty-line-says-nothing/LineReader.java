// Believes: an empty line is a leftover of the line end before it.
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
    boolean cr = false;
    int next;
    while ((next = in.read()) != -1) {
      if (next == '\n') {
        cr = false;
        if (line.size() == 0) continue;
        return Optional.of(line.toString(StandardCharsets.UTF_8));
      }
      if (cr) line.write('\r');
      cr = next == '\r';
      if (!cr) line.write(next);
      if (line.size() > MAX_BYTES) throw new LineTooLong();
    }
    if (cr) line.write('\r');
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
