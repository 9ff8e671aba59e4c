// Believes: a size is an int, like the length of an array.
// Rejected by: UploadTest "takes the size for a claim"
package ch06;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

public final class Upload {
  private Upload() {}

  public static void receive(InputStream in, long size, byte[] sha256, long quota, Path target)
      throws IOException {
    if (size > quota) throw new QuotaExceeded(size, quota);
    var temp = Files.createTempFile(target.getParent(), "upload", ".part");
    try {
      var digest = sha256();
      try (var out = Files.newOutputStream(temp)) {
        var buffer = new byte[8192];
        int left = (int) size;
        while (left > 0) {
          int count = in.read(buffer, 0, Math.min(buffer.length, left));
          if (count < 0) throw new EOFException();
          out.write(buffer, 0, count);
          digest.update(buffer, 0, count);
          left -= count;
        }
      }
      if (!MessageDigest.isEqual(digest.digest(), sha256)) throw new DigestMismatch();
      Files.move(temp, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temp);
    }
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
