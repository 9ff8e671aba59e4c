// Believes: the announced size may be a lie, so only bytes that have come count against the quota.
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
    var temp = Files.createTempFile(target.getParent(), "upload", ".part");
    try {
      var digest = sha256();
      try (var out = Files.newOutputStream(temp)) {
        var buffer = new byte[8192];
        for (long received = 0; received < size; ) {
          if (received >= quota) throw new QuotaExceeded(size, quota);
          long room = Math.min(size, quota) - received;
          int count = in.read(buffer, 0, (int) Math.min(room, buffer.length));
          if (count < 0) throw new EOFException("only " + received + " bytes");
          out.write(buffer, 0, count);
          digest.update(buffer, 0, count);
          received += count;
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
