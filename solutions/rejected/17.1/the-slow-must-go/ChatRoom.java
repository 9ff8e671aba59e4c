// Believes: who does not keep up has left.
// Rejected by: ChatRoomTest "keeps a bounded number of lines for a stalled reader"
package ch17;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;

public final class ChatRoom {
  public static final int MOST_LINES = 100;
  public static final int MAX_LINE_BYTES = 2 * 1024;

  private final Set<Guest> guests = ConcurrentHashMap.newKeySet();
  private final ThreadFactory threads;
  private volatile boolean closing;

  public ChatRoom(ThreadFactory threads) {
    this.threads = threads;
  }

  public void enter(Socket socket) throws IOException {
    if (closing) socket.close();
    else new Guest(socket).sitDown();
  }

  public void shutdown(Duration patience) throws InterruptedException {
    closing = true;
    var last = Optional.of("* the room is closed\n".getBytes(StandardCharsets.US_ASCII));
    for (Guest guest : guests) {
      guest.pending.offer(last);
      guest.pending.offer(Optional.empty());
    }
    Instant end = Instant.now().plus(patience);
    for (Guest guest : guests) {
      Duration left = Duration.between(Instant.now(), end);
      if (left.isPositive()) guest.teller.join(left);
      guest.goAway();
      guest.asker.join();
      guest.teller.join();
    }
  }

  class Guest {
    Socket socket;
    Thread asker;
    Thread teller;
    BlockingQueue<Optional<byte[]>> pending = new ArrayBlockingQueue<>(MOST_LINES + 2);

    Guest(Socket socket) {
      this.socket = socket;
    }

    void sitDown() {
      guests.add(this);
      asker = threads.newThread(this::ask);
      teller = threads.newThread(this::tell);
      teller.start();
      asker.start();
    }

    void ask() {
      try (InputStream in = new BufferedInputStream(socket.getInputStream())) {
        byte[] line;
        while ((line = readLine(in)) != null && !closing) {
          for (Guest guest : guests) {
            if (guest == this) continue;
            if (guest.pending.size() < MOST_LINES) guest.pending.add(Optional.of(line));
            else guest.goAway();
          }
        }
      } catch (IOException e) {
        // said enough
      }
      goAway();
    }

    void tell() {
      try (OutputStream out = socket.getOutputStream()) {
        Optional<byte[]> line;
        while ((line = pending.take()).isPresent()) out.write(line.get());
      } catch (IOException | InterruptedException e) {
        // heard enough
      }
      goAway();
    }

    void goAway() {
      if (!guests.remove(this)) return;
      pending.clear();
      pending.add(Optional.empty());
      try {
        socket.close();
      } catch (IOException e) {
        // closed is closed
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
