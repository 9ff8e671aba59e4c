// Believes: a fixed pool is a cap.
// Rejected by: CappedServerTest "leaves in the accept queue whoever has no place"
package ch16;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

public final class CappedServer {
  private CappedServer() {}

  public interface Handler {
    void handle(Socket client) throws IOException;
  }

  public static void serve(ServerSocket listener, int most, ThreadFactory threads, Handler handler)
      throws IOException, InterruptedException {
    var pool = Executors.newFixedThreadPool(most, threads);
    try {
      while (true) {
        Socket client = listener.accept();
        pool.execute(() -> {
          try (client) {
            handler.handle(client);
          } catch (IOException e) {
            System.err.println(e.getMessage());
          }
        });
      }
    } catch (IOException e) {
      if (!listener.isClosed()) {
        throw e;
      }
    } finally {
      pool.shutdown();
      pool.awaitTermination(1, TimeUnit.DAYS);
    }
  }
}
