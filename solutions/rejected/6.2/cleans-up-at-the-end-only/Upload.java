// Believes: a connection that ends early says so with -1.
// Rejected by: UploadTest "leaves no trace of an upload that breaks off"
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
    var temp = Files.createTempFile(target.getParent(), ".upload", "");
    var digest = sha256();
    var buffer = new byte[8192];
    long received = 0;
    try (var out = Files.newOutputStream(temp)) {
      while (received < size) {
        int count = in.read(buffer, 0, (int) Math.min(size - received, buffer.length));
        if (count < 0) break;
        out.write(buffer, 0, count);
        digest.update(buffer, 0, count);
        received += count;
      }
    }
    if (received < size) {
      Files.delete(temp);
      throw new EOFException("client closed after " + received + " bytes");
    }
    if (!MessageDigest.isEqual(digest.digest(), sha256)) {
      Files.delete(temp);
      throw new DigestMismatch();
    }
    Files.move(temp, target, StandardCopyOption.ATOMIC_MOVE);
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
