package ch19;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Exercise 19.1: shutdown. */
public final class DeskServer {

  /** Talks to one caller. */
  @FunctionalInterface
  public interface Handler {
    void handle(Socket caller) throws IOException;
  }

  private final ServerSocket listener = new ServerSocket();
  private final InetSocketAddress address;
  private final Handler handler;

  // All of these are guarded by this. Whoever changes one of them wakes those who wait.
  private final Map<Thread, Socket> talking = new HashMap<>();
  private final Set<Thread> stopping = new HashSet<>(); // in shutdown: nobody waits for them
  private boolean serving;
  private boolean closing;
  private long deadline; // of the grace, once it is closing

  public DeskServer(InetSocketAddress address, Handler handler) throws IOException {
    this.handler = handler;
    try {
      listener.bind(address);
    } catch (IOException taken) {
      listener.close();
      throw taken;
    }
    this.address = (InetSocketAddress) listener.getLocalSocketAddress();
  }

  public InetSocketAddress address() {
    return address;
  }

  public void serveForever() throws IOException {
    synchronized (this) {
      if (closing) return;
      serving = true;
    }
    try {
      while (true) start(listener.accept());
    } catch (IOException closed) {
      if (!isClosing()) throw closed;
    } finally {
      synchronized (this) {
        serving = false;
        notifyAll();
      }
    }
  }

  private synchronized boolean isClosing() {
    return closing;
  }

  /** Under the lock: a caller is seen by shutdown, or sees it. */
  private synchronized void start(Socket caller) {
    if (closing) {
      close(caller);
      return;
    }
    var thread = Thread.ofVirtual().unstarted(() -> talk(caller));
    talking.put(thread, caller);
    thread.start();
  }

  private void talk(Socket caller) {
    try {
      handler.handle(caller);
    } catch (Throwable failed) { // an Error, too: it ends this conversation and no other
      System.err.println("failed: " + failed);
    } finally {
      close(caller);
      synchronized (this) {
        talking.remove(Thread.currentThread());
        stopping.remove(Thread.currentThread());
        notifyAll();
      }
    }
  }

  public void shutdown(Duration grace) throws InterruptedException {
    var caller = Thread.currentThread();
    synchronized (this) {
      if (!closing) deadline = System.nanoTime() + grace.toNanos();
      closing = true;
      stopping.add(caller);
      notifyAll();
    }
    close(listener); // wakes accept
    synchronized (this) {
      try {
        for (long left; isTalking() && (left = deadline - System.nanoTime()) > 0; ) {
          TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        talking.forEach((thread, socket) -> {
          if (!stopping.contains(thread)) close(socket); // wakes read and write
        });
        while (serving || isTalking()) wait();
      } finally {
        if (!talking.containsKey(caller)) stopping.remove(caller);
      }
    }
  }

  /** Whether there is anybody to wait for: not those who wait themselves. */
  private boolean isTalking() {
    return !stopping.containsAll(talking.keySet());
  }

  private static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException alreadyLost) {
      // Closed is all that it is to be.
    }
  }
}
