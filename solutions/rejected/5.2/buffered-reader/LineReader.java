// Believes: a BufferedReader takes from the stream only the lines that it returns.
// Rejected by: LineReaderTest "keeps what came along with a line"
package ch05;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

public final class LineReader {
  public static final int MAX_BYTES = 16 * 1024;

  private final InputStream in;
  private final BufferedReader reader;

  public LineReader(InputStream in) {
    this.in = in;
    reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  public Optional<String> readLine() throws IOException {
    var line = reader.readLine();
    if (line != null && line.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new LineTooLong();
    }
    return Optional.ofNullable(line);
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
