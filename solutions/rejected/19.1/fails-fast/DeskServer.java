// Believes: a failure must not be hidden: the server stops, and whoever runs it sees why.
// Rejected by: DeskServerTest "goes on when a handler fails"
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
  private volatile Throwable failure;
  private volatile boolean stopped;

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
      if (failure != null) throw new IOException("a handler failed", failure);
      if (!stopped) throw closed;
    }
  }

  private void run(Socket caller) {
    try (caller) {
      handler.handle(caller);
    } catch (Throwable failed) {
      failure = failed;
      close();
    }
  }

  private void close() {
    try {
      listener.close();
    } catch (IOException e) {
      failure = e;
    }
  }

  public void shutdown(Duration grace) throws InterruptedException {
    stopped = true;
    close();
    threads.shutdown();
    if (!threads.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) threads.shutdownNow();
  }
}
