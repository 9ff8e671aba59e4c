// Believes: a loop that looks at a flag ends when the flag is down.
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
      Socket caller = listener.accept();
      Thread.startVirtualThread(() -> {
        try (caller) {
          handler.handle(caller);
        } catch (Throwable failed) {
          System.err.println(failed);
        }
      });
    }
    listener.close();
  }

  public void shutdown(Duration grace) throws InterruptedException {
    running = false;
  }
}
