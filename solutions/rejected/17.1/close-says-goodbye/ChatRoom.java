// Believes: what has been put into a queue is as good as said.
// Rejected by: ChatRoomTest "closes when everybody has heard the last line"
package ch17;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

public final class ChatRoom {
  public static final int MOST_LINES = 100;
  public static final int MAX_LINE_BYTES = 2 * 1024;

  private static final byte[] END = {};

  private final List<Member> members = new CopyOnWriteArrayList<>();
  private final List<Thread> started = new CopyOnWriteArrayList<>();
  private final ThreadFactory threads;
  private volatile boolean closed;

  public ChatRoom(ThreadFactory threads) {
    this.threads = threads;
  }

  public void enter(Socket socket) throws IOException {
    if (closed) {
      socket.close();
      return;
    }
    var member = new Member(socket);
    members.add(member);
    for (Runnable part : List.<Runnable>of(member::hear, member::talk)) {
      var thread = threads.newThread(part);
      started.add(thread);
      thread.start();
    }
  }

  public void shutdown(Duration patience) throws InterruptedException {
    closed = true;
    for (var member : members) member.leave();
    for (var thread : started) thread.join();
  }

  private final class Member {
    final Socket socket;
    final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(MOST_LINES);
    final AtomicInteger missed = new AtomicInteger();
    volatile boolean gone;
    volatile Thread talker;

    Member(Socket socket) {
      this.socket = socket;
    }

    void hear() {
      try {
        var in = new BufferedInputStream(socket.getInputStream());
        for (byte[] line; (line = readLine(in)) != null; ) {
          if (closed) continue;
          for (var other : members) if (other != this) other.offer(line);
        }
      } catch (IOException | InterruptedException lost) {
        // left
      } finally {
        leave();
      }
    }

    void offer(byte[] line) throws InterruptedException {
      if (missed.get() > 0 || !queue.offer(line)) missed.incrementAndGet();
    }

    void talk() {
      talker = Thread.currentThread();
      try {
        OutputStream out = socket.getOutputStream();
        while (!gone) {
          var line = queue.take();
          if (line == END) break;
          out.write(line);
          int gap = queue.isEmpty() ? missed.getAndSet(0) : 0;
          if (gap > 0) out.write(("* " + gap + " lines missed\n").getBytes(UTF_8));
        }
        if (closed) out.write("* the room is closed\n".getBytes(UTF_8));
        socket.shutdownOutput();
      } catch (IOException | InterruptedException lost) {
        leave();
      }
    }

    void leave() {
      gone = true;
      members.remove(this);
      try {
        socket.close();
      } catch (IOException ignored) {
        // closed
      }
      queue.clear();
      queue.offer(END);
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
