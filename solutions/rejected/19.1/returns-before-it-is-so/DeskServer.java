// Believes: when everything is closed, everything has ended.
// Rejected by: DeskServerTest "ends what is under way, and then returns"
package ch19;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

public final class DeskServer {

  /** Talks to one caller. */
  @FunctionalInterface
  public interface Handler {
    void handle(Socket caller) throws IOException;
  }

  private final ServerSocket listener;
  private final Handler handler;
  private final Set<Socket> callers = ConcurrentHashMap.newKeySet();

  public DeskServer(InetSocketAddress address, Handler handler) throws IOException {
    listener = new ServerSocket(address.getPort(), 50, address.getAddress());
    this.handler = handler;
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  public void serveForever() throws IOException {
    while (!listener.isClosed()) {
      try {
        var caller = listener.accept();
        callers.add(caller);
        Thread.startVirtualThread(() -> talk(caller));
      } catch (IOException e) {
        if (!listener.isClosed()) throw e;
      }
    }
  }

  private void talk(Socket caller) {
    try (caller) {
      handler.handle(caller);
    } catch (Throwable t) {
      System.err.println("handler failed: " + t);
    } finally {
      callers.remove(caller);
    }
  }

  public void shutdown(Duration grace) throws InterruptedException {
    try {
      listener.close();
      long end = System.nanoTime() + grace.toNanos();
      while (!callers.isEmpty() && System.nanoTime() < end) Thread.sleep(10);
      for (var caller : callers) caller.close();
    } catch (IOException e) {
      System.err.println(e);
    }
  }
}
