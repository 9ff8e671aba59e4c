// Believes: REPLACE_EXISTING replaces, so nobody sees a moment without a file.
// Rejected by: UploadTest "changes the file in one step"
package ch06;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

public final class Upload {
  private Upload() {}

  public static void receive(InputStream in, long size, byte[] sha256, long quota, Path target)
      throws IOException {
    if (size > quota) throw new QuotaExceeded(size, quota);
    var temp = target.resolveSibling("." + UUID.randomUUID());
    try {
      write(in, size, sha256, temp);
      Files.move(temp, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temp);
    }
  }

  private static void write(InputStream in, long size, byte[] sha256, Path file)
      throws IOException {
    var digest = sha256();
    var buffer = new byte[8192];
    try (var out = Files.newOutputStream(file)) {
      for (long done = 0; done < size; ) {
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, size - done));
        if (count < 0) throw new EOFException("%d of %d bytes".formatted(done, size));
        out.write(buffer, 0, count);
        digest.update(buffer, 0, count);
        done += count;
      }
    }
    if (!MessageDigest.isEqual(digest.digest(), sha256)) throw new DigestMismatch();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public static final class QuotaExceeded extends IOException {
    private static final long serialVersionUID = 1;

    public QuotaExceeded(long size, long quota) {
      super("%,d bytes announced, %,d allowed".formatted(size, quota));
    }
  }

  public static final class DigestMismatch extends IOException {
    private static final long serialVersionUID = 1;

    public DigestMismatch() {
      super("the SHA-256 of the bytes received is not the one announced");
    }
  }
}
