// Believes: a file that went wrong can be deleted, and all is as before.
// Rejected by: UploadTest "leaves no trace of an upload that breaks off"
package ch06;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

public final class Upload {
  private Upload() {}

  public static void receive(InputStream in, long size, byte[] sha256, long quota, Path target)
      throws IOException {
    if (size > quota) throw new QuotaExceeded(size, quota);
    boolean complete = false;
    try {
      var digest = sha256();
      try (var file = Files.newOutputStream(target)) {
        var buffer = new byte[16 * 1024];
        long missing = size;
        while (missing > 0) {
          int count = in.read(buffer, 0, (int) Math.min(missing, buffer.length));
          if (count == -1) throw new EOFException(missing + " bytes missing");
          file.write(buffer, 0, count);
          digest.update(buffer, 0, count);
          missing -= count;
        }
      }
      if (!MessageDigest.isEqual(digest.digest(), sha256)) throw new DigestMismatch();
      complete = true;
    } finally {
      if (!complete) Files.deleteIfExists(target);
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
