// Believes: a loop that accepts and handles is a server; the rest is speed.
// Rejected by: DeskServerTest "serves many at once, and returns when it is told"
package ch19;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

public final class DeskServer {

  /** Talks to one caller. */
  @FunctionalInterface
  public interface Handler {
    void handle(Socket caller) throws IOException;
  }

  private final ServerSocket listener;
  private final Handler handler;
  private volatile boolean running = true;

  public DeskServer(InetSocketAddress address, Handler handler) throws IOException {
    listener = new ServerSocket(address.getPort(), 50, address.getAddress());
    this.handler = handler;
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  public void serveForever() throws IOException {
    while (running) {
      try (var caller = listener.accept()) {
        handler.handle(caller);
      } catch (IOException | RuntimeException | Error failed) {
        if (running) System.err.println(failed);
      }
    }
  }

  public void shutdown(Duration grace) throws InterruptedException {
    running = false;
    try {
      listener.close();
    } catch (IOException ignored) {
      // it is closed, one way or the other
    }
  }
}
