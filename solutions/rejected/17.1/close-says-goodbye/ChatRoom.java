// Believes: what has been put into a queue is as good as said.
// Rejected by: ChatRoomTest "closes when everybody has heard the last line"
package ch17;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

public final class ChatRoom {
  public static final int MOST_LINES = 100;
  public static final int MAX_LINE_BYTES = 2 * 1024;

  private final ThreadFactory threads;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Member> present = new LinkedList<>();
  private final List<Thread> started = new ArrayList<>();
  private boolean closed;

  public ChatRoom(ThreadFactory threads) {
    this.threads = threads;
  }

  /** Everything that is shared is touched in here. */
  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  public void enter(Socket socket) throws IOException {
    boolean entered =
        locked(() -> {
          if (closed) return false;
          var member = new Member(socket);
          started.add(threads.newThread(member::receive));
          started.add(threads.newThread(member::send));
          started.getLast().start();
          started.get(started.size() - 2).start();
          return present.add(member);
        });
    if (!entered) socket.close();
  }

  public void shutdown(Duration patience) throws InterruptedException {
    locked(() -> {
      closed = true;
      for (var member : present) {
        member.waiting.add("* the room is closed\n".getBytes(US_ASCII));
        member.news.signal();
      }
      return null;
    });
    // All is said, so the connections can go.
    for (var member : locked(() -> List.copyOf(present))) member.close();
    for (var thread : started) thread.join(patience);
  }

  private class Member {
    private final Socket socket;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private final Condition news = lock.newCondition();
    private int lost;

    Member(Socket socket) {
      this.socket = socket;
    }

    void receive() {
      try (socket) {
        var in = new BufferedInputStream(socket.getInputStream());
        for (byte[] line; (line = readLine(in)) != null; ) {
          byte[] said = line;
          locked(() -> {
            if (closed) return null;
            for (var other : present) if (other != this) other.add(said);
            return null;
          });
        }
      } catch (IOException e) {
        // the connection is gone
      }
      close();
    }

    private void add(byte[] line) {
      if (lost == 0 && waiting.size() < MOST_LINES) waiting.add(line);
      else lost++;
      news.signal();
    }

    void send() {
      try {
        var out = socket.getOutputStream();
        for (var line = next(); line.isPresent(); line = next()) out.write(line.get());
      } catch (IOException e) {
        close();
      }
    }

    private Optional<byte[]> next() {
      return locked(() -> {
        while (waiting.isEmpty() && lost == 0 && present.contains(this)) {
          news.awaitUninterruptibly();
        }
        if (!present.contains(this)) return Optional.empty();
        if (!waiting.isEmpty()) return Optional.of(waiting.remove());
        var notice = "* " + lost + " lines missed\n";
        lost = 0;
        return Optional.of(notice.getBytes(US_ASCII));
      });
    }

    void close() {
      locked(() -> {
        present.remove(this);
        news.signal();
        return null;
      });
      try {
        socket.close();
      } catch (IOException e) {
        // it was closed
      }
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
