// Believes: who was away does not want to know how much was said.
// Rejected by: ChatRoomTest "tells a reader who catches up what is missing"
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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

public final class ChatRoom {
  public static final int MOST_LINES = 100;
  public static final int MAX_LINE_BYTES = 2 * 1024;

  private static final byte[] STOP = {};

  private final ThreadFactory threads;
  private final Map<Socket, Consumer<byte[]>> ears = new ConcurrentHashMap<>();
  private final List<Thread> all = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  public ChatRoom(ThreadFactory threads) {
    this.threads = threads;
  }

  public void enter(Socket socket) throws IOException {
    if (closed) {
      socket.close();
      return;
    }
    var lines = new LinkedBlockingDeque<byte[]>(MOST_LINES + 1); // and STOP
    var behind = new AtomicBoolean();
    ears.put(
        socket,
        line -> {
          if (line == STOP) lines.offer(STOP);
          else if (behind.get()) return;
          else if (lines.size() < MOST_LINES) lines.offer(line);
          else behind.set(true);
        });
    var mouth =
        threads.newThread(() -> {
          try {
            var in = new BufferedInputStream(socket.getInputStream());
            for (byte[] line; (line = readLine(in)) != null; ) {
              if (closed) break;
              for (var other : ears.entrySet()) {
                if (other.getKey() != socket) other.getValue().accept(line);
              }
            }
          } catch (IOException gone) {
            // without a goodbye
          }
          ears.remove(socket);
          try {
            socket.close();
          } catch (IOException closedBefore) {
            // good
          }
          lines.clear();
          lines.offer(STOP);
        });
    var ear =
        threads.newThread(() -> {
          try (socket) {
            var out = socket.getOutputStream();
            for (byte[] line; (line = lines.take()) != STOP; ) {
              out.write(line);
              if (lines.isEmpty()) behind.set(false); // it has caught up
            }
            if (closed) out.write("* the room is closed\n".getBytes(UTF_8));
          } catch (IOException | InterruptedException gone) {
            ears.remove(socket);
          }
        });
    all.add(mouth);
    all.add(ear);
    mouth.start();
    ear.start();
  }

  public void shutdown(Duration patience) throws InterruptedException {
    closed = true;
    ears.values().forEach(ear -> ear.accept(STOP));
    for (var thread : all) thread.join(patience);
    for (var socket : ears.keySet()) {
      try {
        socket.close();
      } catch (IOException closedBefore) {
        // good
      }
    }
    for (var thread : all) thread.join();
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
