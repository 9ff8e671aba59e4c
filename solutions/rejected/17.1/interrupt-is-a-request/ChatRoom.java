// Believes: an interrupt wakes whoever waits, and does no harm.
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
import java.util.LinkedList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;

public final class ChatRoom {
  public static final int MOST_LINES = 100;
  public static final int MAX_LINE_BYTES = 2 * 1024;

  private final ThreadFactory threads;
  private final CopyOnWriteArrayList<Member> members = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  public ChatRoom(ThreadFactory threads) {
    this.threads = threads;
  }

  /** What a member has to be told. */
  private sealed interface Message {
    byte[] bytes();
  }

  private record Line(byte[] bytes) implements Message {}

  private record Missed(int lines) implements Message {
    @Override
    public byte[] bytes() {
      return ("* " + lines + " lines missed\n").getBytes(US_ASCII);
    }
  }

  private record Closed() implements Message {
    @Override
    public byte[] bytes() {
      return "* the room is closed\n".getBytes(US_ASCII);
    }
  }

  private final class Member {
    final Socket socket;
    final Thread reader = threads.newThread(this::read);
    final Thread writer = threads.newThread(this::write);
    final LinkedList<Message> messages = new LinkedList<>();

    Member(Socket socket) {
      this.socket = socket;
    }

    void read() {
      try (var in = new BufferedInputStream(socket.getInputStream())) {
        byte[] line;
        while ((line = readLine(in)) != null) {
          var message = new Line(line);
          for (var member : members) {
            if (member != this && !closed) member.tell(message);
          }
        }
      } catch (IOException left) {
        // the same as the end of the stream
      }
      members.remove(this);
      writer.interrupt();
    }

    void write() {
      try (var out = socket.getOutputStream()) {
        try {
          while (true) out.write(next().bytes());
        } catch (InterruptedException end) {
          if (closed) out.write(new Closed().bytes());
        }
      } catch (IOException left) {
        members.remove(this);
      }
    }

    synchronized void tell(Line line) {
      if (messages.peekLast() instanceof Missed(int lines)) {
        messages.removeLast();
        messages.add(new Missed(lines + 1));
      } else if (messages.size() == MOST_LINES) {
        messages.add(new Missed(1));
      } else {
        messages.add(line);
      }
      notify();
    }

    synchronized Message next() throws InterruptedException {
      while (messages.isEmpty()) wait();
      return messages.remove();
    }
  }

  public void enter(Socket socket) throws IOException {
    if (closed) {
      socket.close();
      return;
    }
    var member = new Member(socket);
    members.add(member);
    member.reader.start();
    member.writer.start();
  }

  public void shutdown(Duration patience) throws InterruptedException {
    closed = true;
    var deadline = System.nanoTime() + patience.toNanos();
    var last = List.copyOf(members);
    for (var member : last) member.writer.interrupt(); // look up: it is over
    for (var member : last) {
      member.writer.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    }
    for (var member : last) {
      try {
        member.socket.close();
      } catch (IOException left) {
        // closed before
      }
      member.reader.join();
      member.writer.join();
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
