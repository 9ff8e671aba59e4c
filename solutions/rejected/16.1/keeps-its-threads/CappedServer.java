// Believes: a thread is too dear to be let go.
// Rejected by: CappedServerTest "lets client and thread go when the handler is done"
package ch16;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;

public final class CappedServer {
  private CappedServer() {}

  public interface Handler {
    void handle(Socket client) throws IOException;
  }

  public static void serve(ServerSocket listener, int most, ThreadFactory threads, Handler handler)
      throws IOException, InterruptedException {
    var places = new Semaphore(most);
    ExecutorService pool = Executors.newFixedThreadPool(most, threads);
    try (pool) {
      while (!listener.isClosed()) {
        places.acquire(); // so that the queue of the pool stays empty
        Socket client;
        try {
          client = listener.accept();
        } catch (IOException e) {
          if (listener.isClosed()) break;
          throw e;
        }
        pool.execute(() -> converse(client, places, handler));
      }
    }
  }

  private static void converse(Socket client, Semaphore places, Handler handler) {
    try (client) {
      handler.handle(client);
    } catch (IOException e) {
      System.err.println("lost: " + e.getMessage());
    } finally {
      places.release();
    }
  }
}
