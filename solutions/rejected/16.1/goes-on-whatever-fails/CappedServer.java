// Believes: a server that catches everything never stops.
// Rejected by: CappedServerTest "ends with its last conversation"
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
    while (true) {
      permits.acquire();
      try {
        Socket client = listener.accept();
        try {
          threads.newThread(() -> run(client, permits, handler)).start();
        } catch (OutOfMemoryError e) {
          client.close();
          permits.release();
        }
      } catch (IOException e) {
        System.err.println("accept: " + e.getMessage());
        permits.release();
      }
    }
  }

  private static void run(Socket client, Semaphore permits, Handler handler) {
    try (client) {
      handler.handle(client);
    } catch (IOException e) {
      System.err.println("client: " + e.getMessage());
    } finally {
      permits.release();
    }
  }
}
