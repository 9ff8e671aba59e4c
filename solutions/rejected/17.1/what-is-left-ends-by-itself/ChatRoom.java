// Believes: when the patience is over, so is the shutdown.
// Rejected by: ChatRoomTest "closes in time, though a reader stalls"
package ch17;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

public final class ChatRoom {
  public static final int MOST_LINES = 100;
  public static final int MAX_LINE_BYTES = 2 * 1024;

  private final ExecutorService tasks;
  private final Set<Seat> seats = Collections.synchronizedSet(new HashSet<>());

  public ChatRoom(ThreadFactory threads) {
    tasks = Executors.newThreadPerTaskExecutor(threads);
  }

  public void enter(Socket socket) throws IOException {
    var seat = new Seat(socket);
    try {
      seats.add(seat);
      tasks.execute(seat::hear);
      tasks.execute(seat::talk);
    } catch (RejectedExecutionException closed) {
      seats.remove(seat);
      socket.close();
    }
  }

  public void shutdown(Duration patience) throws InterruptedException {
    tasks.shutdown();
    synchronized (seats) {
      for (var seat : seats) seat.leave("* the room is closed\n");
    }
    tasks.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  private final class Seat {
    private final Socket socket;
    private final Semaphore toTell = new Semaphore(0); // a permit for each line, and for the gap
    private final Queue<byte[]> lines = new ConcurrentLinkedQueue<>();
    private int lineCount;
    private int missed;
    private String farewell;

    Seat(Socket socket) {
      this.socket = socket;
    }

    void hear() {
      try {
        var in = new BufferedInputStream(socket.getInputStream());
        for (byte[] line; (line = readLine(in)) != null && !tasks.isShutdown(); ) {
          synchronized (seats) {
            for (var seat : seats) {
              if (seat != this) seat.put(line);
            }
          }
        }
        if (!tasks.isShutdown()) socket.close();
      } catch (IOException lost) {
        close();
      }
      seats.remove(this);
      leave("");
    }

    synchronized void put(byte[] line) {
      if (missed == 0 && lineCount < MOST_LINES) {
        lines.add(line);
        lineCount++;
        toTell.release();
      } else if (missed++ == 0) {
        toTell.release();
      }
    }

    synchronized void leave(String word) {
      if (farewell != null) return;
      farewell = word;
      toTell.release();
    }

    private synchronized String take() {
      if (lineCount > 0) {
        lineCount--;
        return new String(lines.remove(), ISO_8859_1);
      }
      if (missed == 0) return null;
      var gap = "* %d lines missed\n".formatted(missed);
      missed = 0;
      return gap;
    }

    void talk() {
      try {
        while (true) {
          toTell.acquire();
          var text = take();
          socket.getOutputStream().write((text == null ? farewell : text).getBytes(ISO_8859_1));
          if (text == null) break;
        }
      } catch (IOException | InterruptedException lost) {
        seats.remove(this);
      }
      close();
    }

    private void close() {
      try {
        socket.close();
      } catch (IOException closed) {
        // so be it
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
