// Believes: first a client, then a place for it.
// Rejected by: CappedServerTest "leaves in the accept queue whoever has no place"
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
      Socket client;
      try {
        client = listener.accept();
      } catch (IOException e) {
        if (listener.isClosed()) break;
        throw e;
      }
      places.acquire();
      try {
        threads
            .newThread(() -> {
              try (client) {
                handler.handle(client);
              } catch (IOException e) {
                System.err.println("lost: " + e);
              } finally {
                places.release();
              }
            })
            .start();
      } catch (OutOfMemoryError e) {
        client.close();
        places.release();
      }
    }
    places.acquire(most);
  }
}
