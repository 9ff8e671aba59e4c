// Believes: an error must never pass silently, so the server stops at it.
// Rejected by: CappedServerTest "goes on after a handler has thrown"
package ch16;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;

public final class CappedServer {
  private CappedServer() {}

  public interface Handler {
    void handle(Socket client) throws IOException;
  }

  public static void serve(ServerSocket listener, int most, ThreadFactory threads, Handler handler)
      throws IOException, InterruptedException {
    var places = new Semaphore(most);
    var failure = new AtomicReference<RuntimeException>();
    while (true) {
      places.acquire();
      if (failure.get() != null) throw failure.get();
      Socket client;
      try {
        client = listener.accept();
      } catch (IOException e) {
        places.release();
        break;
      }
      try {
        threads
            .newThread(() -> {
              try (client) {
                handler.handle(client);
              } catch (IOException lost) {
                System.err.println("lost: " + lost.getMessage());
              } catch (RuntimeException bug) {
                failure.set(bug);
              } finally {
                places.release();
              }
            })
            .start();
      } catch (OutOfMemoryError e) {
        places.release();
        client.close();
      }
    }
    places.acquire(most);
  }
}
