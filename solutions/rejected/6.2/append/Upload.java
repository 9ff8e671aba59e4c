// Believes: a file that comes in pieces is opened for append.
// Rejected by: UploadTest "stores what was sent, in place of an older file"
package ch06;

import java.io.EOFException;
import java.io.FileOutputStream;
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
    var digest = sha256();
    var buffer = new byte[4096];
    long received = 0;
    while (received < size) {
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, size - received));
      if (count == -1) {
        Files.deleteIfExists(target);
        throw new EOFException();
      }
      digest.update(buffer, 0, count);
      try (var file = new FileOutputStream(target.toFile(), true)) {
        file.write(buffer, 0, count);
      }
      received += count;
    }
    if (!Files.exists(target)) Files.createFile(target);
    if (!MessageDigest.isEqual(digest.digest(), sha256)) {
      Files.delete(target);
      throw new DigestMismatch();
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
