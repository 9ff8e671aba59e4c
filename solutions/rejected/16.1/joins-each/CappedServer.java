// Believes: a thread that was started must be joined.
// Rejected by: CappedServerTest "talks to one client while another is silent"
package ch16;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadFactory;

public final class CappedServer {
  private CappedServer() {}

  public interface Handler {
    void handle(Socket client) throws IOException;
  }

  public static void serve(ServerSocket listener, int most, ThreadFactory threads, Handler handler)
      throws IOException, InterruptedException {
    while (true) {
      Socket client;
      try {
        client = listener.accept();
      } catch (IOException e) {
        if (listener.isClosed()) return;
        throw e;
      }
      Thread thread = threads.newThread(() -> serveOne(client, handler));
      thread.start();
      thread.join(); // or it would be lost
    }
  }

  private static void serveOne(Socket client, Handler handler) {
    try (client) {
      handler.handle(client);
    } catch (Exception e) {
      System.err.println("failed: " + e);
    }
  }
}
