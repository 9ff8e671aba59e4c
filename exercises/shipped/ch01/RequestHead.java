package ch01;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Exercise 1.2: read the head.
 *
 * <p>A reader's browser asks the library's catalog for a title. The request begins with a head:
 * lines, and then a blank line (RFC 9112, section 2.1). A form sends a body behind it, and a
 * browser may send its next request on the same connection. The code that handles those reads on
 * where this code stops.
 *
 * <pre>
 * POST /loans HTTP/1.1␍␊
 * Host: catalog.library.example␍␊
 * Content-Length: 13␍␊
 * ␍␊                                  the head ends with this byte
 * card=4711&amp;n=1                      the body: not ours, it stays in the stream
 * </pre>
 *
 * <p>The bytes come as the network brings them: all at once, one at a time, or cut anywhere, even
 * between a CR and its LF.
 */
public final class RequestHead {
  /**
   * No head is longer, its blank line included. Without a limit one client could fill the memory.
   */
  public static final int MAX_BYTES = 8 * 1024;

  private RequestHead() {}

  /**
   * Takes one head off the stream and not one byte more.
   *
   * @param in what the client sends, at the beginning of a request; this method does not close it
   * @return the head with its blank line: the bytes up to the first CR LF CR LF. A lone LF ends
   *     nothing. Empty if the stream ends before the first byte: the client has no more requests
   * @throws java.io.EOFException if the stream ends within the head
   * @throws HeadTooLong if the head does not end within {@link #MAX_BYTES} bytes. It is thrown then
   *     and there: at most one byte beyond the limit is taken off the stream
   * @throws IOException if the connection is lost
   */
  public static Optional<byte[]> read(InputStream in) throws IOException {
    // TODO: read until the head is complete.
    throw new UnsupportedOperationException("TODO: exercise 1.2");
  }

  /** A client sent more head than we are ready to keep. */
  public static final class HeadTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public HeadTooLong() {
      super("request head over " + MAX_BYTES + " bytes");
    }
  }
}
