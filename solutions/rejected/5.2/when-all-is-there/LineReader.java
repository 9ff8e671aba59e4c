// Believes: the lines can be told apart once all of the text is there.
// Rejected by: LineReaderTest "returns a line as soon as its end is there"
package ch05;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

public final class LineReader {
  public static final int MAX_BYTES = 16 * 1024;

  private final InputStream in;
  private byte[] text;
  private int at;

  public LineReader(InputStream in) {
    this.in = in;
  }

  public Optional<String> readLine() throws IOException {
    if (text == null) text = in.readAllBytes();
    if (at == text.length) return Optional.empty();
    int start = at;
    while (at < text.length && text[at] != '\n') at++;
    if (at - start > MAX_BYTES + 1) throw new LineTooLong();
    int end = at > start && at < text.length && text[at - 1] == '\r' ? at - 1 : at;
    if (at < text.length) at++;
    return Optional.of(new String(text, start, end - start, StandardCharsets.UTF_8));
  }

  public byte[] readBytes(int count) throws IOException {
    if (text == null) text = in.readAllBytes();
    if (text.length - at < count) throw new EOFException();
    var bytes = new byte[count];
    System.arraycopy(text, at, bytes, 0, count);
    at += count;
    return bytes;
  }

  public static final class LineTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public LineTooLong() {
      super("line over " + MAX_BYTES + " bytes");
    }
  }
}
