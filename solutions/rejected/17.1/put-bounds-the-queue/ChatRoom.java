// Believes: a bounded queue and put() are all that it takes.
// Rejected by: ChatRoomTest "lets nobody wait for a stalled reader"
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

public final class ChatRoom {
  public static final int MOST_LINES = 100;
  public static final int MAX_LINE_BYTES = 2 * 1024;

  private final ThreadFactory threadFactory;
  private final List<Writer> writers = new ArrayList<Writer>();
  private boolean shutdown = false;

  public ChatRoom(ThreadFactory threads) {
    this.threadFactory = threads;
  }

  private class Reader implements Runnable {
    private final Socket socket;
    private final Writer writer;

    Reader(Socket socket, Writer writer) {
      this.socket = socket;
      this.writer = writer;
    }

    @Override
    public void run() {
      try {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        byte[] line = readLine(in);
        while (line != null) {
          sendToOthers(line, writer);
          line = readLine(in);
        }
      } catch (IOException e) {
        System.err.println("Reader: " + e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      removeWriter(writer);
    }
  }

  private class Writer implements Runnable {
    private final Socket socket;
    private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<byte[]>(MOST_LINES);
    private Thread thread;

    Writer(Socket socket) {
      this.socket = socket;
    }

    @Override
    public void run() {
      try {
        OutputStream out = socket.getOutputStream();
        while (true) {
          byte[] line = queue.take();
          out.write(line);
          out.flush();
        }
      } catch (IOException e) {
        System.err.println("Writer: " + e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  public void enter(Socket member) throws IOException {
    Writer writer = new Writer(member);
    synchronized (writers) {
      if (shutdown) {
        member.close();
        return;
      }
      writers.add(writer);
    }
    writer.thread = threadFactory.newThread(writer);
    writer.thread.start();
    threadFactory.newThread(new Reader(member, writer)).start();
  }

  private void sendToOthers(byte[] line, Writer from) throws InterruptedException {
    List<Writer> others;
    synchronized (writers) {
      others = new ArrayList<Writer>(writers);
    }
    others.remove(from);
    for (Writer other : others) {
      other.queue.put(line);
    }
  }

  private void removeWriter(Writer writer) {
    synchronized (writers) {
      writers.remove(writer);
    }
    writer.thread.interrupt();
    try {
      writer.socket.close();
    } catch (IOException e) {
      System.err.println("close: " + e);
    }
  }

  public void shutdown(Duration patience) throws InterruptedException {
    List<Writer> rest;
    synchronized (writers) {
      shutdown = true;
      rest = new ArrayList<Writer>(writers);
    }
    byte[] bye = "* the room is closed\n".getBytes(StandardCharsets.UTF_8);
    for (Writer writer : rest) {
      writer.queue.offer(bye, patience.toMillis(), TimeUnit.MILLISECONDS);
    }
    for (Writer writer : rest) {
      removeWriter(writer);
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
