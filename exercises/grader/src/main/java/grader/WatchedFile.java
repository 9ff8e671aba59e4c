package grader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;

/**
 * A file that somebody edits, looked at again and again. Where files lie on another machine, or
 * under WSL, no system tells of changes; looking works everywhere, and costs one system call.
 */
final class WatchedFile implements AutoCloseable {
  static final Duration PAUSE = Duration.ofMillis(10);

  /** Two writes within this may leave the same time on a file: then its bytes decide. */
  private static final Duration COARSE = Duration.ofSeconds(2);

  private final Path path;
  private final Runnable changed;
  private final Thread looking;
  private volatile boolean closed;

  /**
   * @param bytes null if there is no such file
   */
  private record Look(FileTime time, long size, Object key, byte[] bytes) {
    static final Look NOTHING = new Look(FileTime.fromMillis(0), -1, null, null);

    boolean isEmpty() {
      return bytes == null || bytes.length == 0;
    }

    boolean differs(Look other) {
      return !Arrays.equals(bytes, other.bytes);
    }
  }

  /**
   * @param changed is run by a thread of ours whenever the file has another content than before, is
   *     gone, or is there again
   */
  WatchedFile(Path path, Runnable changed) {
    this.path = path;
    this.changed = changed;
    var first = look(Look.NOTHING);
    looking = Thread.ofVirtual().start(() -> watch(first));
  }

  private void watch(Look first) {
    var told = first;
    var last = first;
    while (!closed) {
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException stop) {
        return;
      }
      var now = look(last);
      boolean filling = now.isEmpty() && now.differs(last); // an editor may empty it before
      if (now.differs(told) && !filling) {
        told = now;
        changed.run();
      }
      last = now;
    }
  }

  private Look look(Look last) {
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      var time = attributes.lastModifiedTime();
      boolean same =
          time.equals(last.time)
              && attributes.size() == last.size
              && Objects.equals(attributes.fileKey(), last.key);
      if (same && time.toInstant().isBefore(Instant.now().minus(COARSE))) return last;
      return new Look(time, attributes.size(), attributes.fileKey(), Files.readAllBytes(path));
    } catch (IOException gone) {
      return Look.NOTHING;
    }
  }

  @Override
  public void close() {
    closed = true;
    looking.interrupt();
  }
}
