// Believes: a disk is large, and if it is full it will say so.
// Rejected by: UploadTest "refuses what exceeds the quota before it reads a byte"
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
    Path temp = Files.createTempFile(target.getParent(), "incoming", null);
    try {
      MessageDigest digest = sha256();
      try (var out = Files.newOutputStream(temp)) {
        byte[] buffer = new byte[8192];
        long left = size;
        while (left > 0) {
          int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
          if (n < 0) throw new EOFException();
          digest.update(buffer, 0, n);
          out.write(buffer, 0, n);
          left -= n;
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
