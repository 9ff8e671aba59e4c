// Believes: start() cannot fail.
// Rejected by: CappedServerTest "outlives a thread that cannot be started"
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
    var places = new Semaphore(most);
    while (true) {
      places.acquire();
      Socket client;
      try {
        client = listener.accept();
      } catch (IOException failed) {
        places.release();
        if (!listener.isClosed()) throw failed;
        break;
      }
      threads.newThread(() -> talk(client, places, handler)).start();
    }
    places.acquire(most);
  }

  private static void talk(Socket client, Semaphore places, Handler handler) {
    try (client) {
      handler.handle(client);
    } catch (IOException lost) {
      System.err.println("lost: " + lost.getMessage());
    } finally {
      places.release();
    }
  }
}
