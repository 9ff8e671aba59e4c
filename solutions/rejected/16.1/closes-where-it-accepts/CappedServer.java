// Believes: a socket is closed best by the block that accepted it.
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
    var permits = new Semaphore(most);
    try {
      while (true) {
        permits.acquire();
        try (var client = listener.accept()) {
          threads
              .newThread(() -> {
                try {
                  handler.handle(client);
                } catch (IOException e) {
                  System.err.println("client: " + e.getMessage());
                } finally {
                  permits.release();
                }
              })
              .start();
        }
      }
    } catch (IOException e) {
      if (!listener.isClosed()) throw e;
    }
    permits.acquire(most - 1);
  }
}
