// Believes: a call begins with a fresh buffer.
// Rejected by: LineReaderTest "keeps what came along with a line"
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
    var buffer = new byte[4096];
    int count;
    while ((count = in.read(buffer)) > 0) {
      for (int i = 0; i < count; i++) {
        if (buffer[i] == '\n') return Optional.of(text(line.toByteArray()));
        line.write(buffer[i]);
      }
      if (line.size() > MAX_BYTES + 1) throw new LineTooLong();
    }
    if (line.size() == 0) return Optional.empty();
    return Optional.of(line.toString(StandardCharsets.UTF_8));
  }

  private static String text(byte[] line) {
    int length = line.length;
    if (length > 0 && line[length - 1] == '\r') length--;
    return new String(line, 0, length, StandardCharsets.UTF_8);
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
