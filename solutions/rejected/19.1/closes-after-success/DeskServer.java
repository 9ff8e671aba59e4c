// Believes: when the handler has returned, the connection can be closed.
// Rejected by: DeskServerTest "goes on when a handler fails"
package ch19;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

public final class DeskServer {

  /** Talks to one caller. */
  @FunctionalInterface
  public interface Handler {
    void handle(Socket caller) throws IOException;
  }

  private final ServerSocket listener;
  private final Handler handler;
  private final List<Socket> callers = new ArrayList<>();
  private volatile boolean running = true;

  public DeskServer(InetSocketAddress address, Handler handler) throws IOException {
    listener = new ServerSocket(address.getPort(), 50, address.getAddress());
    this.handler = handler;
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  public void serveForever() throws IOException {
    while (running) {
      Socket caller;
      try {
        caller = listener.accept();
      } catch (IOException e) {
        if (running) throw e;
        return;
      }
      synchronized (callers) {
        callers.add(caller);
      }
      new Thread(() -> serve(caller)).start();
    }
  }

  private void serve(Socket caller) {
    try {
      handler.handle(caller);
      caller.close();
    } catch (IOException | RuntimeException e) {
      System.err.println("handler: " + e);
    }
    synchronized (callers) {
      callers.remove(caller);
    }
  }

  public void shutdown(Duration grace) throws InterruptedException {
    running = false;
    try {
      listener.close();
      synchronized (callers) {
        for (Socket caller : callers) caller.close();
      }
    } catch (IOException e) {
      System.err.println(e);
    }
  }
}
