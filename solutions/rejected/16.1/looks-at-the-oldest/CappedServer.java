// Believes: whoever came first leaves first.
// Rejected by: CappedServerTest "takes the next client as soon as any place is free"
package ch16;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.concurrent.ThreadFactory;

public final class CappedServer {
  private CappedServer() {}

  public interface Handler {
    void handle(Socket client) throws IOException;
  }

  public static void serve(ServerSocket listener, int most, ThreadFactory threads, Handler handler)
      throws IOException, InterruptedException {
    ArrayDeque<Thread> running = new ArrayDeque<>();
    while (true) {
      if (running.size() == most) {
        running.removeFirst().join();
      }
      final Socket client;
      try {
        client = listener.accept();
      } catch (IOException e) {
        break;
      }
      try {
        Thread next =
            threads.newThread(() -> {
              try (client) {
                handler.handle(client);
              } catch (IOException e) {
                e.printStackTrace();
              }
            });
        next.start();
        running.addLast(next);
      } catch (OutOfMemoryError e) {
        client.close();
      }
    }
    for (Thread left : running) {
      left.join();
    }
  }
}
