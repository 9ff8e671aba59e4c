package ch05;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Exercise 5.2: line reader. */
public final class LineReader {
  public static final int MAX_BYTES = 16 * 1024;

  // Reads many bytes at a time and keeps those that follow a line, as bytes: whoever comes next
  // decides whether they are text.
  private final BufferedInputStream in;

  public LineReader(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  public Optional<String> readLine() throws IOException {
    var line = new ByteArrayOutputStream();
    int next;
    while ((next = in.read()) >= 0 && next != '\n') {
      line.write(next);
      // The newest byte, if a CR, may be half of the line's end: only the next one tells.
      int certain = next == '\r' ? line.size() - 1 : line.size();
      if (certain > MAX_BYTES) throw new LineTooLong();
    }
    if (next == '\n') return Optional.of(decoded(withoutCr(line.toByteArray())));
    if (line.size() > MAX_BYTES) throw new LineTooLong(); // that CR was none of an end
    return line.size() == 0 ? Optional.empty() : Optional.of(decoded(line.toByteArray()));
  }

  private static byte[] withoutCr(byte[] line) {
    int last = line.length - 1;
    return last >= 0 && line[last] == '\r' ? Arrays.copyOf(line, last) : line;
  }

  /** The whole line at once: no character is cut. */
  private static String decoded(byte[] line) {
    return new String(line, UTF_8);
  }

  public byte[] readBytes(int count) throws IOException {
    var bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("%d of %d bytes, and then the end".formatted(bytes.length, count));
    }
    return bytes;
  }

  /** A terminal sent a longer line than we are ready to keep. */
  public static final class LineTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public LineTooLong() {
      super("line over " + MAX_BYTES + " bytes");
    }
  }
}
