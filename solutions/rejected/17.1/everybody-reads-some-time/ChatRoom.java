// Believes: everybody reads in the end, so the shutdown waits.
// Rejected by: ChatRoomTest "closes in time, though a reader stalls"
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ThreadFactory;

public final class ChatRoom {
  public static final int MOST_LINES = 100;
  public static final int MAX_LINE_BYTES = 2 * 1024;

  // All guarded by this. A socket that is in none of the maps has left.
  private final HashMap<Socket, List<byte[]>> unread = new HashMap<>();
  private final HashMap<Socket, Integer> missed = new HashMap<>();
  private final HashSet<Thread> threadsLeft = new HashSet<>();
  private boolean closed;

  private final ThreadFactory threads;

  public ChatRoom(ThreadFactory threads) {
    this.threads = threads;
  }

  public void enter(Socket member) throws IOException {
    synchronized (this) {
      if (!closed) {
        unread.put(member, new ArrayList<>());
        missed.put(member, 0);
        run(() -> hearAll(member));
        run(() -> tellAll(member));
        return;
      }
    }
    member.close();
  }

  private void run(Runnable task) {
    Thread[] thread = new Thread[1];
    thread[0] =
        threads.newThread(() -> {
          try {
            task.run();
          } finally {
            ended(thread[0]);
          }
        });
    threadsLeft.add(thread[0]);
    thread[0].start();
  }

  private synchronized void ended(Thread thread) {
    if (!closed) threadsLeft.remove(thread);
  }

  private void hearAll(Socket member) {
    try (member) {
      InputStream in = new BufferedInputStream(member.getInputStream());
      byte[] line = readLine(in);
      while (line != null) {
        synchronized (this) {
          for (Socket other : unread.keySet()) {
            if (other == member || closed) continue;
            if (missed.get(other) > 0 || unread.get(other).size() == MOST_LINES) {
              missed.merge(other, 1, Integer::sum);
            } else {
              unread.get(other).add(line);
            }
          }
          notifyAll();
        }
        line = readLine(in);
      }
    } catch (IOException e) {
      // a line too long, or a reset
    }
    forget(member);
  }

  private synchronized void forget(Socket member) {
    unread.remove(member);
    missed.remove(member);
    notifyAll();
  }

  private void tellAll(Socket member) {
    try (member) {
      OutputStream out = member.getOutputStream();
      while (true) {
        byte[] bytes;
        boolean last = false;
        synchronized (this) {
          while (unread.containsKey(member)
              && unread.get(member).isEmpty()
              && missed.get(member) == 0
              && !closed) {
            wait();
          }
          if (!unread.containsKey(member)) return;
          if (!unread.get(member).isEmpty()) {
            bytes = unread.get(member).remove(0);
          } else if (missed.get(member) > 0) {
            bytes = ("* " + missed.put(member, 0) + " lines missed\n").getBytes(UTF_8);
          } else {
            bytes = "* the room is closed\n".getBytes(UTF_8);
            last = true;
          }
        }
        out.write(bytes);
        if (last) return;
      }
    } catch (IOException | InterruptedException e) {
      forget(member);
    }
  }

  public void shutdown(Duration patience) throws InterruptedException {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    for (Thread thread : threadsLeft) thread.join(); // everybody hears it to the end
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
