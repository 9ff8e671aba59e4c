// Believes: the cap is for threads that run, so the thread waits for its permit.
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
    Semaphore running = new Semaphore(most);
    try {
      for (; ; ) {
        Socket client = listener.accept();
        Thread thread =
            threads.newThread(() -> {
              running.acquireUninterruptibly();
              try (client) {
                handler.handle(client);
              } catch (IOException e) {
                System.err.println("client lost: " + e.getMessage());
              } finally {
                running.release();
              }
            });
        thread.start();
      }
    } catch (IOException e) {
      if (!listener.isClosed()) throw e;
      running.acquire(most);
    }
  }
}
