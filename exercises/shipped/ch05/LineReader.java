package ch05;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Exercise 5.2: line reader.
 *
 * <p>The town library's catalog takes orders as lines. Some of its terminals end a line with CR LF,
 * some with LF alone. After an order to store a cover comes the picture, as many bytes as the order
 * says, and after that the next line.
 *
 * <pre>
 * TITLE Moby-Dick␊
 * AUTHOR Éric Malpass␍␊
 * COVER 6␍␊
 * 89 50 0d 0a 1a ff            six bytes, two of which are no line end
 * PRICE 5 €␊
 * </pre>
 *
 * <p>The bytes come as the network brings them: cut anywhere, between a CR and its LF or in the
 * middle of a character, or many lines at once. A read of the stream is a call of the system, so it
 * is asked for many bytes at a time. What came along with a line is kept for the next call.
 */
public final class LineReader {
  /** No line has more bytes, its end not counted. */
  public static final int MAX_BYTES = 16 * 1024;

  /**
   * @param in what a terminal sends. From now on nobody else reads from it; nobody closes it here
   */
  public LineReader(InputStream in) {
    // TODO: keep what readLine and readBytes share.
    throw new UnsupportedOperationException("TODO: exercise 5.2");
  }

  /**
   * Takes the next line. It is returned as soon as its end is there. The work grows with the bytes
   * of the line and not with the square of them, however many pieces they come in.
   *
   * @return the line without its end, which is LF or CR LF. A CR that no LF follows is a part of
   *     the line like any other byte. A last line that has bytes and no end counts as well. Empty
   *     when all lines are taken and the stream has ended. The bytes are UTF-8 (RFC 3629); what is
   *     no UTF-8 becomes U+FFFD
   * @throws LineTooLong if a line has more than {@link #MAX_BYTES}. It is thrown as soon as they
   *     have come, with no further read. Nothing can be taken after that
   * @throws IOException if the connection is lost
   */
  public Optional<String> readLine() throws IOException {
    // TODO: read until the line is complete.
    throw new UnsupportedOperationException("TODO: exercise 5.2");
  }

  /**
   * Takes the bytes that follow the last line.
   *
   * @param count 0 or more
   * @return so many, whatever they mean
   * @throws java.io.EOFException if the stream ends before
   * @throws IOException if the connection is lost
   */
  public byte[] readBytes(int count) throws IOException {
    // TODO: some may be here already.
    throw new UnsupportedOperationException("TODO: exercise 5.2");
  }

  /** A terminal sent a longer line than we are ready to keep. */
  public static final class LineTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public LineTooLong() {
      super("line over " + MAX_BYTES + " bytes");
    }
  }
}
