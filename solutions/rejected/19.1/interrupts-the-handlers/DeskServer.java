// Believes: shutdownNow ends what the threads are doing.
// Rejected by: DeskServerTest "ends what is under way, and then returns"
package ch19;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

public final class DeskServer {

  /** Talks to one caller. */
  @FunctionalInterface
  public interface Handler {
    void handle(Socket caller) throws IOException;
  }

  private final ServerSocket listener;
  private final Handler handler;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  public DeskServer(InetSocketAddress address, Handler handler) throws IOException {
    listener = new ServerSocket(address.getPort(), 50, address.getAddress());
    this.handler = handler;
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  public void serveForever() throws IOException {
    try {
      while (true) {
        var caller = listener.accept();
        threads.execute(() -> run(caller));
      }
    } catch (IOException closed) {
      if (!listener.isClosed()) throw closed;
    }
  }

  private void run(Socket caller) {
    try (caller) {
      handler.handle(caller);
    } catch (Throwable failed) {
      System.err.println(failed);
    }
  }

  public void shutdown(Duration grace) throws InterruptedException {
    try {
      listener.close();
    } catch (IOException e) {
      System.err.println(e);
    }
    threads.shutdown();
    if (!threads.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
      threads.shutdownNow();
      threads.awaitTermination(1, TimeUnit.DAYS);
    }
  }
}
