// Believes: a BufferedInputStream makes reading byte by byte cheap and changes nothing else.
// Rejected by: UploadTest "leaves the next command in the stream"
package ch06;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
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
    var buffered = new BufferedInputStream(in);
    var digest = sha256();
    var temp = Files.createTempFile(target.getParent(), "upload", ".tmp");
    try {
      try (var out = new BufferedOutputStream(Files.newOutputStream(temp))) {
        for (long i = 0; i < size; i++) {
          int b = buffered.read();
          if (b < 0) throw new EOFException();
          out.write(b);
          digest.update((byte) b);
        }
      }
      if (!MessageDigest.isEqual(sha256, digest.digest())) throw new DigestMismatch();
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
