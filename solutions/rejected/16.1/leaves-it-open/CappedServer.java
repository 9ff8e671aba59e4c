// Believes: a socket goes with the thread that used it.
// Rejected by: CappedServerTest "lets client and thread go when the handler is done"
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
    final Semaphore permits = new Semaphore(most);
    while (true) {
      permits.acquire();
      final Socket client;
      try {
        client = listener.accept();
      } catch (IOException e) {
        permits.release();
        if (listener.isClosed()) break;
        throw e;
      }
      Runnable conversation =
          () -> {
            try {
              handler.handle(client);
            } catch (IOException e) {
              System.err.println("connection lost: " + e.getMessage());
            } finally {
              permits.release();
            }
          };
      try {
        threads.newThread(conversation).start();
      } catch (OutOfMemoryError e) {
        permits.release();
        client.close();
      }
    }
    permits.acquire(most);
  }
}
