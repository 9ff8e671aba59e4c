// Believes: all members means the speaker, too.
// Rejected by: ChatRoomTest "passes a line on to all the others"
package ch17;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;

public final class ChatRoom {
  public static final int MOST_LINES = 100;
  public static final int MAX_LINE_BYTES = 2 * 1024;

  private final Set<Socket> members = ConcurrentHashMap.newKeySet();
  private final List<Thread> hearers = new CopyOnWriteArrayList<>();
  private final ReentrantLock writing = new ReentrantLock();
  private final ThreadFactory threads;
  private volatile boolean closed;

  public ChatRoom(ThreadFactory threads) {
    this.threads = threads;
  }

  public void enter(Socket member) throws IOException {
    if (closed) {
      member.close();
      return;
    }
    members.add(member);
    var hearer = threads.newThread(() -> hear(member));
    hearers.add(hearer);
    hearer.start();
  }

  private void hear(Socket member) {
    try (member) {
      var in = new BufferedInputStream(member.getInputStream());
      byte[] line;
      while ((line = readLine(in)) != null) tellAll(line, member);
    } catch (IOException lost) {
      // gone
    } finally {
      members.remove(member);
    }
  }

  private void tellAll(byte[] line, Socket speaker) {
    writing.lock(); // or two lines would mix
    try {
      for (var member : members) {
        try {
          member.getOutputStream().write(line);
        } catch (IOException lost) {
          members.remove(member);
        }
      }
    } finally {
      writing.unlock();
    }
  }

  public void shutdown(Duration patience) throws InterruptedException {
    closed = true;
    tellAll("* the room is closed\n".getBytes(UTF_8), null);
    for (var member : members) {
      try {
        member.close();
      } catch (IOException ignored) {
        // closed
      }
    }
    for (var hearer : hearers) hearer.join();
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
