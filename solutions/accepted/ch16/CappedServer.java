package ch16;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;

/** Exercise 16.1: capped thread per client. */
public final class CappedServer {
  private CappedServer() {}

  public interface Handler {
    void handle(Socket client) throws IOException;
  }

  public static void serve(ServerSocket listener, int most, ThreadFactory threads, Handler handler)
      throws IOException, InterruptedException {
    var places = new Semaphore(most);
    while (true) {
      places.acquire(); // before accept: whoever has no place stays in the accept queue
      Socket client;
      try {
        client = listener.accept();
      } catch (IOException failed) {
        places.release();
        if (!listener.isClosed()) throw failed;
        places.acquire(most); // all places are free: the last conversation has ended
        return;
      }
      start(client, places, threads, handler);
    }
  }

  private static void start(Socket client, Semaphore places, ThreadFactory threads, Handler handler)
      throws IOException {
    try {
      threads.newThread(() -> talk(client, places, handler)).start();
    } catch (OutOfMemoryError noThread) { // then nobody else will close it, or free its place
      client.close();
      places.release();
    }
  }

  /** Whatever happens in here: the client is closed, and then its place is free. */
  private static void talk(Socket client, Semaphore places, Handler handler) {
    try (client) {
      handler.handle(client);
    } catch (IOException lost) {
      System.err.println("lost: " + lost.getMessage());
    } finally {
      places.release();
    }
  }
}
