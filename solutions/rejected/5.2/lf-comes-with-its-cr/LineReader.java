// Believes: when a CR is there, its LF is there too.
// Rejected by: LineReaderTest "puts a line together, however it arrives"
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

  private final BufferedInputStream in;

  public LineReader(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  public Optional<String> readLine() throws IOException {
    var line = new ByteArrayOutputStream();
    int next;
    while ((next = in.read()) != -1) {
      if (next == '\n') return Optional.of(line.toString(StandardCharsets.UTF_8));
      if (next == '\r' && endsHere()) return Optional.of(line.toString(StandardCharsets.UTF_8));
      if (line.size() == MAX_BYTES) throw new LineTooLong();
      line.write(next);
    }
    if (line.size() == 0) return Optional.empty();
    return Optional.of(line.toString(StandardCharsets.UTF_8));
  }

  private boolean endsHere() throws IOException {
    if (in.available() == 0) return true; // the piece ends with the line
    in.mark(1);
    if (in.read() == '\n') return true;
    in.reset();
    return false;
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
