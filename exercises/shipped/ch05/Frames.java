package ch05;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Exercise 5.1: frame reader.
 *
 * <p>The scanner at the loan desk sends what it has scanned to the library's catalog: cards, bar
 * codes, the picture of a cover. Any byte may occur in a scan, so there is none left to mark its
 * end. Each scan is a frame: its length first, in four bytes, big endian (network byte order), and
 * then so many bytes of payload.
 *
 * <pre>
 * 00 00 00 04  34 37 31 31           four bytes: a card, "4711"
 * 00 00 00 00                        no byte: a scan that failed is a frame like any other
 * 00 00 01 02  89 50 4e 47 0d 0a …   258 bytes: a picture
 * </pre>
 *
 * <p>The bytes come as the network brings them: a frame in ten pieces, ten frames in one piece, or
 * cut within the four bytes of a length. And they need not come from a scanner: whoever finds the
 * port may send anything.
 */
public final class Frames {
  /** No payload is longer. Without a limit one sender could fill the memory. */
  public static final int MAX_PAYLOAD_BYTES = 64 * 1024;

  private Frames() {}

  /**
   * Takes one frame off the stream and not one byte more. Whoever has the stream calls this again
   * and again.
   *
   * @param in what the scanner sends, at the beginning of a frame; this method does not close it
   * @return the payload, which may be of no bytes; empty if the stream ends before the first byte
   *     of a frame: the scanner has been switched off
   * @throws java.io.EOFException if the stream ends within a frame
   * @throws FrameTooLong if the length is over {@link #MAX_PAYLOAD_BYTES}. The length is an
   *     unsigned number: its first bit is no sign. It is thrown before any memory is taken for the
   *     payload, and before any byte of the payload is read
   * @throws IOException if the connection is lost
   */
  public static Optional<byte[]> read(InputStream in) throws IOException {
    // TODO: the length, and then the payload.
    throw new UnsupportedOperationException("TODO: exercise 5.1");
  }

  /** A sender announced more than we are ready to keep. */
  public static final class FrameTooLong extends IOException {
    private static final long serialVersionUID = 1;

    public FrameTooLong() {
      super("a payload over " + MAX_PAYLOAD_BYTES + " bytes");
    }
  }
}
