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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ThreadFactory;

/**
 * Two threads for each member: one hears it, the other talks to it. Whoever speaks only puts a line
 * into queues and never waits for a socket; only a member's own thread writes to it.
 */
public final class ChatRoom {
  public static final int MOST_LINES = 100;
  public static final int MAX_LINE_BYTES = 2 * 1024;

  private final ThreadFactory threads;
  private final Set<Member> members = new LinkedHashSet<>();
  private final List<Thread> started = new ArrayList<>();
  private boolean closing;

  public ChatRoom(ThreadFactory threads) {
    this.threads = threads;
  }

  public void enter(Socket socket) throws IOException {
    if (!taken(new Member(socket))) socket.close();
  }

  private synchronized boolean taken(Member member) {
    if (closing) return false;
    members.add(member);
    started.removeIf(thread -> !thread.isAlive()); // of those who have left
    start(member::hear);
    start(member::talk);
    return true;
  }

  private void start(Runnable part) {
    var thread = threads.newThread(part);
    started.add(thread);
    thread.start();
  }

  private synchronized void pass(byte[] line, Member from) {
    if (closing) return;
    for (var member : members) if (member != from) member.offer(line);
  }

  private synchronized void remove(Member member) {
    members.remove(member);
  }

  public void shutdown(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    List<Member> left;
    synchronized (this) {
      closing = true;
      left = List.copyOf(members);
    }
    for (var member : left) member.offerTheEnd();
    for (var member : left) member.awaitToldAll(deadline);
    for (var member : left) member.leave(); // and so ends what is blocked in its socket
    for (var thread : threads()) thread.join();
  }

  private synchronized List<Thread> threads() {
    return List.copyOf(started);
  }

  private final class Member {
    private final Socket socket;
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private int missed;
    private boolean last;
    private boolean over;
    private boolean told;

    Member(Socket socket) {
      this.socket = socket;
    }

    void hear() {
      try {
        var in = new BufferedInputStream(socket.getInputStream());
        for (byte[] line; (line = readLine(in)) != null; ) pass(line, this);
      } catch (IOException lost) {
        // It has left in its own way.
      }
      leave();
    }

    void talk() {
      try {
        var out = socket.getOutputStream();
        for (byte[] line; (line = take()) != null; ) out.write(line);
        socket.shutdownOutput();
      } catch (IOException | InterruptedException lost) {
        leave();
      } finally {
        toldAll();
      }
    }

    void leave() {
      remove(this);
      toldAll();
      try {
        socket.close();
      } catch (IOException closedAllTheSame) {
        // Its descriptor is free.
      }
    }

    synchronized void offer(byte[] line) {
      if (missed > 0 || waiting.size() == MOST_LINES) missed++;
      else waiting.add(line);
      notifyAll();
    }

    synchronized void offerTheEnd() {
      last = true;
      notifyAll();
    }

    /** Null when there is nothing more to say. */
    private synchronized byte[] take() throws InterruptedException {
      while (waiting.isEmpty() && missed == 0 && !last && !over) wait();
      if (over) return null;
      if (!waiting.isEmpty()) return waiting.remove();
      if (missed > 0) {
        var gap = "* " + missed + " lines missed\n";
        missed = 0;
        return gap.getBytes(US_ASCII);
      }
      last = false;
      over = true;
      return "* the room is closed\n".getBytes(US_ASCII);
    }

    private synchronized void toldAll() {
      told = true;
      over = true;
      notifyAll();
    }

    synchronized void awaitToldAll(long deadline) throws InterruptedException {
      while (!told) {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) return;
        wait(millis);
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
