// Believes: temporary files belong into the folder for temporary files.
// Rejected by: UploadTest "changes the file in one step"
package ch06;

import java.io.EOFException;
import java.io.File;
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
    File temp = File.createTempFile("upload", ".part");
    try {
      var digest = sha256();
      try (var out = Files.newOutputStream(temp.toPath())) {
        var buffer = new byte[8192];
        long left = size;
        while (left > 0) {
          int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
          if (count < 0) throw new EOFException();
          out.write(buffer, 0, count);
          digest.update(buffer, 0, count);
          left -= count;
        }
      }
      if (!MessageDigest.isEqual(digest.digest(), sha256)) throw new DigestMismatch();
      Files.move(temp.toPath(), target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      temp.delete();
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
