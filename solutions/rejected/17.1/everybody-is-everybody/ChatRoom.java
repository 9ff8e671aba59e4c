// Believes: all members means the speaker, too.
// Rejected by: ChatRoomTest "passes a line on to all the others"
package ch17;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;

public final class ChatRoom {
  public static final int MOST_LINES = 100;
  public static final int MAX_LINE_BYTES = 2 * 1024;

  private static final byte[] GOODBYE = "* the room is closed\n".getBytes();

  private final ThreadFactory factory;
  private final Map<Socket, BlockingQueue<byte[]>> inboxes = new ConcurrentHashMap<>();
  private final Queue<Thread> running = new ConcurrentLinkedQueue<>();
  private volatile boolean open = true;

  public ChatRoom(ThreadFactory threads) {
    factory = threads;
  }

  public void enter(Socket member) throws IOException {
    if (!open) {
      member.close();
      return;
    }
    inboxes.put(member, new ArrayBlockingQueue<>(MOST_LINES));
    Stream.<Runnable>of(() -> listen(member), () -> deliver(member, inboxes.get(member)))
        .map(factory::newThread)
        .forEach(thread -> {
          running.add(thread);
          thread.start();
        });
  }

  private void listen(Socket member) {
    try (member) {
      var in = new BufferedInputStream(member.getInputStream());
      Stream.generate(() -> lineOf(in))
          .takeWhile(Optional::isPresent)
          .map(Optional::get)
          .forEach(line -> inboxes.values().forEach(inbox -> inbox.offer(line)));
    } catch (IOException | UncheckedIOException e) {
      System.err.println("lost: " + e.getMessage());
    } finally {
      Optional.ofNullable(inboxes.remove(member)).ifPresent(inbox -> inbox.offer(GOODBYE));
    }
  }

  private static Optional<byte[]> lineOf(InputStream in) {
    try {
      return Optional.ofNullable(readLine(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deliver(Socket member, BlockingQueue<byte[]> inbox) {
    try {
      var out = member.getOutputStream();
      for (byte[] line = {}; line != GOODBYE; out.write(line)) line = inbox.take();
      member.close();
    } catch (IOException | InterruptedException e) {
      System.err.println("lost: " + e.getMessage());
    }
  }

  public void shutdown(Duration patience) throws InterruptedException {
    open = false;
    inboxes.values().forEach(inbox -> inbox.offer(GOODBYE));
    for (var thread : running) thread.join(patience);
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
