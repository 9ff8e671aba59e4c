// Believes: the cap is full, so wait until it is empty.
// Rejected by: CappedServerTest "takes the next client as soon as any place is free"
package ch16;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;

public final class CappedServer {
  private CappedServer() {}

  public interface Handler {
    void handle(Socket client) throws IOException;
  }

  public static void serve(ServerSocket listener, int most, ThreadFactory threads, Handler handler)
      throws IOException, InterruptedException {
    List<Thread> batch = new ArrayList<>();
    try {
      while (true) {
        Socket client = listener.accept();
        Thread t = threads.newThread(() -> handle(client, handler));
        batch.add(t);
        t.start();
        if (batch.size() == most) {
          for (Thread each : batch) each.join();
          batch.clear();
        }
      }
    } catch (IOException e) {
      if (!listener.isClosed()) throw e;
    }
    for (Thread each : batch) each.join();
  }

  private static void handle(Socket client, Handler handler) {
    try (client) {
      handler.handle(client);
    } catch (IOException e) {
      System.err.println("lost: " + e.getMessage());
    }
  }
}
