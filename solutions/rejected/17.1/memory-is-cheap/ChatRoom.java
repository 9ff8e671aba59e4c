// Believes: a queue takes what comes; that is what it is for.
// Rejected by: ChatRoomTest "keeps a bounded number of lines for a stalled reader"
package ch17;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

public final class ChatRoom {
  public static final int MOST_LINES = 100;
  public static final int MAX_LINE_BYTES = 2 * 1024;

  private static final String LAST = "* the room is closed\n";
  private static final String NOTHING = "";

  private final AtomicInteger ids = new AtomicInteger();
  private final ConcurrentMap<Integer, Socket> sockets = new ConcurrentHashMap<>();
  private final ConcurrentMap<Integer, LinkedBlockingQueue<String>> said =
      new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Thread> running = new ConcurrentHashMap<>();
  private final ThreadFactory threads;
  private volatile boolean over;

  public ChatRoom(ThreadFactory threads) {
    this.threads = threads;
  }

  public void enter(Socket member) throws IOException {
    if (over) {
      member.close();
      return;
    }
    int id = ids.incrementAndGet();
    sockets.put(id, member);
    said.put(id, new LinkedBlockingQueue<>());
    start("hears " + id, () -> hear(id));
    start("talks to " + id, () -> talk(id));
  }

  private void start(String name, Runnable task) {
    Thread thread =
        threads.newThread(() -> {
          task.run();
          running.remove(name);
        });
    running.put(name, thread);
    thread.start();
  }

  private void hear(int id) {
    try {
      InputStream in = new BufferedInputStream(sockets.get(id).getInputStream());
      while (true) {
        byte[] bytes = readLine(in);
        if (bytes == null || over) break;
        String line = new String(bytes, ISO_8859_1); // one char for each byte
        said.forEach((other, lines) -> {
          if (other != id) lines.add(line);
        });
      }
    } catch (IOException e) {
      System.err.println(id + ": " + e.getMessage());
    }
    if (!over) said.remove(id).add(NOTHING);
  }

  private void talk(int id) {
    LinkedBlockingQueue<String> lines = said.get(id);
    Socket socket = sockets.get(id);
    try (socket) {
      OutputStream out = socket.getOutputStream();
      String line;
      do {
        line = lines.take();
        out.write(line.getBytes(ISO_8859_1));
      } while (line != NOTHING && line != LAST);
    } catch (IOException e) {
      System.err.println(id + ": " + e.getMessage());
    } catch (InterruptedException e) {
      System.err.println(id + " was interrupted");
    }
    sockets.remove(id);
  }

  public void shutdown(Duration patience) throws InterruptedException {
    over = true;
    for (LinkedBlockingQueue<String> lines : said.values()) lines.add(LAST);
    long end = System.currentTimeMillis() + patience.toMillis();
    for (Thread thread : running.values()) {
      thread.join(Math.max(1, end - System.currentTimeMillis()));
    }
    for (Socket socket : sockets.values()) {
      try {
        socket.close();
      } catch (IOException e) {
        System.err.println(e.getMessage());
      }
    }
    for (Thread thread : running.values()) thread.join();
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
