// Believes: only the one who calls shutdown has to be left out.
// Rejected by: DeskServerTest "may be called by a handler, and by two"
package ch19;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

public final class DeskServer {

  /** Talks to one caller. */
  @FunctionalInterface
  public interface Handler {
    void handle(Socket caller) throws IOException;
  }

  private final ServerSocket listener;
  private final Handler handler;
  private final Map<Thread, Socket> talking = new HashMap<>();
  private boolean serving;
  private boolean stopped;

  public DeskServer(InetSocketAddress address, Handler handler) throws IOException {
    listener = new ServerSocket(address.getPort(), 50, address.getAddress());
    this.handler = handler;
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  public void serveForever() throws IOException {
    synchronized (this) {
      if (stopped) return;
      serving = true;
    }
    try {
      while (true) start(listener.accept());
    } catch (IOException e) {
      if (!listener.isClosed()) throw e;
    } finally {
      synchronized (this) {
        serving = false;
        notifyAll();
      }
    }
  }

  private synchronized void start(Socket caller) throws IOException {
    if (stopped) {
      caller.close();
      return;
    }
    var thread = Thread.ofVirtual().unstarted(() -> talk(caller));
    talking.put(thread, caller);
    thread.start();
  }

  private void talk(Socket caller) {
    try (caller) {
      handler.handle(caller);
    } catch (Throwable t) {
      System.err.println(t);
    } finally {
      synchronized (this) {
        talking.remove(Thread.currentThread());
        notifyAll();
      }
    }
  }

  public synchronized void shutdown(Duration grace) throws InterruptedException {
    stopped = true;
    close(listener);
    long end = System.nanoTime() + grace.toNanos();
    while (others() && System.nanoTime() < end) {
      wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
    }
    talking.forEach((thread, caller) -> {
      if (thread != Thread.currentThread()) close(caller);
    });
    while (serving || others()) wait();
  }

  private boolean others() {
    int self = talking.containsKey(Thread.currentThread()) ? 1 : 0;
    return talking.size() > self;
  }

  private static void close(Closeable what) {
    try {
      what.close();
    } catch (IOException e) {
      System.err.println(e);
    }
  }
}
