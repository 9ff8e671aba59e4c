// Believes: the only way to take none too many is to take one at a time off the socket.
// Rejected by: LineReaderTest "asks for many bytes at a time and looks at each once"
package ch05;

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
    this.in = in;
  }

  public Optional<String> readLine() throws IOException {
    var line = new ByteArrayOutputStream();
    int next;
    while ((next = in.read()) >= 0 && next != '\n') {
      line.write(next);
      if (line.size() > MAX_BYTES + (next == '\r' ? 1 : 0)) throw new LineTooLong();
    }
    if (next < 0 && line.size() == 0) return Optional.empty();
    var text = line.toString(StandardCharsets.UTF_8);
    boolean crLf = next == '\n' && text.endsWith("\r");
    return Optional.of(crLf ? text.substring(0, text.length() - 1) : text);
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
