package ch06;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Exercise 6.2: receive exactly. */
public final class Upload {
  private static final int CHUNK_BYTES = 64 * 1024;

  private Upload() {}

  public static void receive(InputStream in, long size, byte[] sha256, long quota, Path target)
      throws IOException {
    if (size > quota) throw new QuotaExceeded(size, quota);

    // In the same folder, and so on the same disk: to another disk a move is a copy, which can be
    // seen half done. The name is a new one each time, for uploads that go on side by side.
    var temporary = Files.createTempFile(target.getParent(), "upload-", ".part");
    try {
      var digest = sha256();
      try (var out = new DigestOutputStream(Files.newOutputStream(temporary), digest)) {
        copy(in, size, out);
      }
      if (!MessageDigest.isEqual(digest.digest(), sha256)) throw new DigestMismatch();
      Files.move(temporary, target, ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary); // after the move there is none
    }
  }

  /** Asks for what is missing and for no more: the byte after that is the next command's. */
  private static void copy(InputStream in, long size, OutputStream out) throws IOException {
    var chunk = new byte[CHUNK_BYTES];
    for (long missing = size; missing > 0; ) {
      int count = in.read(chunk, 0, (int) Math.min(missing, chunk.length));
      if (count < 0) {
        throw new EOFException("%,d of %,d bytes are missing".formatted(missing, size));
      }
      out.write(chunk, 0, count);
      missing -= count;
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java has SHA-256", impossible);
    }
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
