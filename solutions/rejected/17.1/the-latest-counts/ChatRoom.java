// Believes: the oldest line is the one that nobody needs.
// Rejected by: ChatRoomTest "keeps a bounded number of lines for a stalled reader"
package ch17;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

public final class ChatRoom {
  public static final int MOST_LINES = 100;
  public static final int MAX_LINE_BYTES = 2 * 1024;

  /** The last hundred lines: the next one takes the place of the oldest. */
  private static final class Ring {
    private final byte[][] lines = new byte[MOST_LINES][];
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long written;
    private long read;
    private boolean ended;

    void write(byte[] line) {
      lock.lock();
      try {
        lines[(int) (written++ % MOST_LINES)] = line;
        if (written - read > MOST_LINES) read = written - MOST_LINES;
        changed.signal();
      } finally {
        lock.unlock();
      }
    }

    void end() {
      lock.lock();
      try {
        ended = true;
        changed.signal();
      } finally {
        lock.unlock();
      }
    }

    byte[] read() throws InterruptedException {
      lock.lock();
      try {
        while (read == written && !ended) changed.await();
        return read == written ? null : lines[(int) (read++ % MOST_LINES)];
      } finally {
        lock.unlock();
      }
    }
  }

  private final ThreadFactory threads;
  private final Map<Socket, Ring> rings = new LinkedHashMap<>();
  private final Lock lock = new ReentrantLock();
  private boolean closed;

  public ChatRoom(ThreadFactory threads) {
    this.threads = threads;
  }

  public void enter(Socket member) throws IOException {
    var ring = new Ring();
    boolean late;
    lock.lock();
    try {
      late = closed;
      if (!late) rings.put(member, ring);
    } finally {
      lock.unlock();
    }
    if (late) {
      member.close();
      return;
    }
    threads.newThread(() -> fill(member, ring)).start();
    threads.newThread(() -> empty(ring, member)).start();
  }

  private void fill(Socket member, Ring own) {
    try {
      var in = new BufferedInputStream(member.getInputStream());
      var line = readLine(in);
      for (; line != null; line = readLine(in)) {
        lock.lock();
        try {
          for (var ring : rings.values()) {
            if (ring != own) ring.write(line);
          }
        } finally {
          lock.unlock();
        }
      }
    } catch (IOException gone) {
      // as if it had ended
    }
    leave(member);
  }

  private void empty(Ring ring, Socket member) {
    try (member) {
      var out = member.getOutputStream();
      while (true) {
        var line = ring.read();
        if (line == null) return;
        out.write(line);
      }
    } catch (IOException | InterruptedException gone) {
      leave(member);
    }
  }

  private void leave(Socket member) {
    lock.lock();
    try {
      var ring = rings.remove(member);
      if (ring != null) ring.end();
    } finally {
      lock.unlock();
    }
  }

  public void shutdown(Duration patience) throws InterruptedException {
    lock.lock();
    try {
      closed = true;
      for (var ring : rings.values()) {
        ring.write("* the room is closed\n".getBytes(US_ASCII));
        ring.end();
      }
    } finally {
      lock.unlock();
    }
  }

  static byte[] readLine(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = 0; next != '\n'; line.write(next)) {
      next = in.read();
      if (next < 0 && line.size() == 0) return null;
      if (next < 0) throw new EOFException("closed in the middle of a line");
      if (next != '\n' && line.size() == MAX_LINE_BYTES) throw new IOException("line too long");
    }
    return line.toByteArray();
  }
}
