// Believes: a thread runs when its run() is called.
// Rejected by: CappedServerTest "talks to one client while another is silent"
package ch16;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;

public final class CappedServer {
  private CappedServer() {}

  public interface Handler {
    void handle(Socket client) throws IOException;
  }

  public static void serve(ServerSocket listener, int most, ThreadFactory threads, Handler handler)
      throws IOException, InterruptedException {
    Semaphore permits = new Semaphore(most);
    while (!listener.isClosed()) {
      permits.acquire();
      Socket client;
      try {
        client = listener.accept();
      } catch (IOException closed) {
        permits.release();
        break;
      }
      Thread t = threads.newThread(() -> clientThread(client, permits, handler));
      t.run();
    }
    permits.acquire(most);
  }

  private static void clientThread(Socket client, Semaphore permits, Handler handler) {
    try (client) {
      handler.handle(client);
    } catch (IOException | RuntimeException e) {
      System.err.println(e);
    } finally {
      permits.release();
    }
  }
}
