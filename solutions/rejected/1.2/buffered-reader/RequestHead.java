// Believes: a BufferedReader takes from the stream only the lines that it returns.
// Rejected by: RequestHeadTest "leaves what follows the head in the stream"
package ch01;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

public final class RequestHead {
  public static final int MAX_BYTES = 8 * 1024;

  private RequestHead() {}

  public static Optional<byte[]> read(InputStream in) throws IOException {
    var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
    var head = new StringBuilder();
    String line;
    while ((line = reader.readLine()) != null) {
      head.append(line).append("\r\n");
      if (head.length() > MAX_BYTES) throw new HeadTooLong();
      if (line.isEmpty()) {
        return Optional.of(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    if (head.isEmpty()) return Optional.empty();
    throw new EOFException("no blank line");
  }

  public static final class HeadTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public HeadTooLong() {
      super("request head over " + MAX_BYTES + " bytes");
    }
  }
}
