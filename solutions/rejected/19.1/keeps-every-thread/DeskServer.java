// Believes: shutdown has to join all threads, so all of them go into a list.
// Rejected by: DeskServerTest "forgets who has left"
package ch19;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

public final class DeskServer {

  /** Talks to one caller. */
  @FunctionalInterface
  public interface Handler {
    void handle(Socket caller) throws IOException;
  }

  private final ServerSocket listener;
  private final Handler handler;
  private final List<Thread> threads = new ArrayList<>();
  private final List<Socket> sockets = new ArrayList<>();

  public DeskServer(InetSocketAddress address, Handler handler) throws IOException {
    listener = new ServerSocket(address.getPort(), 50, address.getAddress());
    this.handler = handler;
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  public void serveForever() throws IOException {
    try {
      while (true) start(listener.accept());
    } catch (IOException e) {
      if (!listener.isClosed()) throw e;
    }
  }

  private synchronized void start(Socket caller) {
    Thread thread = Thread.ofVirtual().unstarted(() -> talk(caller));
    threads.add(thread);
    sockets.add(caller);
    thread.start();
  }

  private void talk(Socket caller) {
    try (caller) {
      handler.handle(caller);
    } catch (Throwable t) {
      System.err.println(t);
    }
  }

  public synchronized void shutdown(Duration grace) throws InterruptedException {
    try {
      listener.close();
      long end = System.nanoTime() + grace.toNanos();
      for (Thread thread : threads) {
        long left = end - System.nanoTime();
        if (left > 0) thread.join(Duration.ofNanos(left));
      }
      for (Socket socket : sockets) socket.close();
      for (Thread thread : threads) {
        if (thread != Thread.currentThread()) thread.join();
      }
    } catch (IOException e) {
      System.err.println(e);
    }
  }
}
