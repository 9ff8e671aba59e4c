// Believes: when the listener is closed the server is over.
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
    while (!listener.isClosed()) {
      permits.acquire();
      try {
        Socket client = listener.accept();
        Thread thread =
            threads.newThread(() -> {
              try {
                try (client) {
                  handler.handle(client);
                }
              } catch (IOException e) {
                System.err.println("client: " + e);
              } finally {
                permits.release();
              }
            });
        try {
          thread.start();
        } catch (OutOfMemoryError e) {
          permits.release();
          client.close();
        }
      } catch (IOException e) {
        permits.release();
      }
    }
  }
}
