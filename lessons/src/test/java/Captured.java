import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a process has printed so far, read as it comes so that the process never has to wait. */
final class Captured {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Thread reader;
  private boolean ended;

  Captured(InputStream from) {
    reader = Thread.ofPlatform().daemon().start(() -> drain(from));
  }

  private void drain(InputStream from) {
    var chunk = new byte[16 * 1024];
    try (from) {
      for (int count; (count = from.read(chunk)) >= 0; ) add(chunk, count);
    } catch (IOException killed) {
      // What it printed until then is what it printed.
    } finally {
      end();
    }
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  private synchronized void add(byte[] chunk, int count) {
    bytes.write(chunk, 0, count);
    notifyAll();
  }

  synchronized int length() {
    return bytes.size();
  }

  /** Waits until the text holds a match of this pattern after so many bytes. */
  synchronized MatchResult await(String regex, int from, Duration patience)
      throws InterruptedException {
    var pattern = Pattern.compile(regex);
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      var text = new String(bytes.toByteArray(), from, bytes.size() - from, UTF_8);
      var match = pattern.matcher(text);
      if (match.find()) return match.toMatchResult();
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0 || ended) {
        throw new AssertionError("waited for " + regex + ", read: " + text);
      }
      wait(left);
    }
  }

  /** Everything, after the process has ended. */
  byte[] all(Duration patience) throws InterruptedException {
    if (!reader.join(patience)) throw new AssertionError("somebody still holds this stream open");
    synchronized (this) {
      return bytes.toByteArray();
    }
  }
}
