// Believes: a server that cannot bind says so in its log; its owner need not be troubled.
// Rejected by: DeskServerTest "says at once that it cannot listen"
package ch19;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

public final class DeskServer {

  /** Talks to one caller. */
  @FunctionalInterface
  public interface Handler {
    void handle(Socket caller) throws IOException;
  }

  private ServerSocket listener;
  private final Handler handler;
  private final Map<Thread, Socket> callers = new ConcurrentHashMap<>();

  public DeskServer(InetSocketAddress address, Handler handler) {
    this.handler = handler;
    try {
      listener = new ServerSocket(address.getPort(), 50, address.getAddress());
    } catch (IOException e) {
      System.err.println("cannot bind " + address + ": " + e.getMessage());
    }
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  public void serveForever() throws IOException {
    while (!listener.isClosed()) {
      try {
        Socket caller = listener.accept();
        Thread thread = new Thread(() -> talk(caller));
        callers.put(thread, caller);
        thread.start();
      } catch (IOException e) {
        if (!listener.isClosed()) throw e;
      }
    }
  }

  private void talk(Socket caller) {
    try (caller) {
      handler.handle(caller);
    } catch (Throwable t) {
      System.err.println(t);
    } finally {
      callers.remove(Thread.currentThread());
    }
  }

  public void shutdown(Duration grace) throws InterruptedException {
    try {
      listener.close();
      for (var entry : callers.entrySet()) {
        entry.getKey().join(grace);
        entry.getValue().close();
        entry.getKey().join();
      }
    } catch (IOException e) {
      System.err.println(e);
    }
  }
}
