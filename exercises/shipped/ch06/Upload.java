package ch06;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Exercise 6.2: receive exactly.
 *
 * <p>The library's reading rooms send their scans to the archive. A command announces a file, the
 * file follows, and then comes the next command, on the same connection. Somebody else has read the
 * command, checked the name and the digits; this code takes the file off the stream and puts it
 * into its folder.
 *
 * <pre>
 * post|shelf-12.jpg|48120|9f86d081…␊     read already
 * 48,120 bytes                           ours
 * post|shelf-13.jpg|51002|60303ae2…␊     not ours, it stays in the stream
 * </pre>
 *
 * <p>Who announces is a stranger. The line may be cut at any byte, the size may be a lie, and
 * readers look into the folder at any time.
 */
public final class Upload {
  private Upload() {}

  /**
   * Takes one file off the stream and not one byte more, and gives it its name in one step, when
   * all of it is there and proven.
   *
   * <ul>
   *   <li>Until then whoever opens {@code target} finds what was there before: nothing, or all of
   *       an older file.
   *   <li>After an exception that stays so, and nothing else is left in the folder.
   *   <li>Uploads to one target may go on at the same time. The last that is complete stays.
   *   <li>The memory it takes does not grow with {@code size}.
   * </ul>
   *
   * @param in what the client sends, at the first byte of the file; this method does not close it
   * @param size of the file in bytes, as the client announced it: 0 or more, and maybe more than an
   *     int can hold
   * @param sha256 the digest of the file, as the client announced it: 32 bytes (FIPS 180-4)
   * @param quota how many bytes this client may store; a file of just so many is allowed
   * @param target absolute; its folder is there. An older file of that name is replaced
   * @throws QuotaExceeded if {@code size} is more than {@code quota}. Not a byte is read
   * @throws java.io.EOFException if the stream ends before the file does
   * @throws DigestMismatch if other bytes have come than were announced. All of the file is off the
   *     stream, so that the next command can be read
   * @throws IOException if the connection is lost, or the disk fails
   */
  public static void receive(InputStream in, long size, byte[] sha256, long quota, Path target)
      throws IOException {
    // TODO: receive into a temporary file, prove it, move it.
    throw new UnsupportedOperationException("TODO: exercise 6.2");
  }

  /** A client wants to store more than it may. */
  public static final class QuotaExceeded extends IOException {
    private static final long serialVersionUID = 1;

    public QuotaExceeded(long size, long quota) {
      super("%,d bytes announced, %,d allowed".formatted(size, quota));
    }
  }

  /** What came is not what was announced. */
  public static final class DigestMismatch extends IOException {
    private static final long serialVersionUID = 1;

    public DigestMismatch() {
      super("the SHA-256 of the bytes received is not the one announced");
    }
  }
}
