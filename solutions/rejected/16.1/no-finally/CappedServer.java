// Believes: what is caught does no harm, and only IOExceptions happen to clients.
// Rejected by: CappedServerTest "gets the place back from a handler that has thrown"
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
    var permits = new Semaphore(most);
    while (true) {
      permits.acquire();
      Socket client;
      try {
        client = listener.accept();
      } catch (IOException e) {
        permits.release();
        if (!listener.isClosed()) throw e;
        permits.acquire(most);
        return;
      }
      try {
        threads.newThread(() -> one(client, handler, permits)).start();
      } catch (OutOfMemoryError e) {
        client.close();
        permits.release();
      }
    }
  }

  private static void one(Socket client, Handler handler, Semaphore permits) {
    try (client) {
      handler.handle(client);
    } catch (IOException e) {
      System.err.println("lost: " + e.getMessage());
    }
    permits.release();
  }
}
