package ch04;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** {@code serve} at work on a thread of its own, and the clients who call. */
final class Desk implements AutoCloseable {
  private final Listener listener = new Listener();
  private final ConcurrentLinkedQueue<Client> clients = new ConcurrentLinkedQueue<>();
  private final Thread desk;
  private volatile Throwable thrown;

  Desk() throws IOException {
    desk = Thread.ofVirtual().name("serve").start(this::serve);
  }

  private void serve() {
    try {
      Dialogue.serve(listener);
    } catch (Throwable failed) {
      thrown = failed;
    } finally {
      clients.forEach(this::hangUp);
    }
  }

  /** So that a check which listens to a client need not run out of patience. */
  private void hangUp(Client client) {
    try {
      client.atTheDesk().close();
    } catch (IOException alreadyLost) {
      // That is what it is to be.
    }
  }

  /** Connects, and waits to be accepted. */
  Client call() throws IOException {
    var client = Client.call();
    clients.add(client);
    listener.callers.add(client.atTheDesk());
    if (!desk.isAlive()) hangUp(client);
    return client;
  }

  void closeListener() throws IOException {
    listener.close();
  }

  /** Waits until serve has returned or thrown, and tells whether it has. */
  boolean ends() throws InterruptedException {
    boolean ended = desk.join(Client.patience());
    if (!ended) Client.losePatience();
    return ended;
  }

  /** How serve ended, if it did, in words. */
  Optional<String> end() {
    if (desk.isAlive()) return Optional.empty();
    return Optional.of(thrown == null ? "serve has returned" : "serve has thrown " + thrown);
  }

  Throwable thrown() {
    return thrown;
  }

  /** What is no part of the contract is for the grader to explain. */
  void rethrowUnchecked() {
    if (thrown instanceof RuntimeException failed) throw failed;
    if (thrown instanceof Error failed && !(failed instanceof Spinning)) throw failed;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (var client : clients) client.close();
  }

  /** Ends code that calls accept again and again though it can only fail. */
  static final class Spinning extends Error {
    private static final long serialVersionUID = 1;
    static final int MOST_CALLS = 100;

    Spinning() {
      super(MOST_CALLS + " calls of accept on a listener that is closed");
    }
  }

  /** Hands out the near ends of wires, so that a verdict shows what crossed them. */
  private static final class Listener extends ServerSocket {
    private static final Socket CLOSED = new Socket();

    final BlockingQueue<Socket> callers = new LinkedBlockingQueue<>();
    private volatile int callsAfterClose;

    Listener() throws IOException {}

    @Override
    public Socket accept() throws IOException {
      try {
        if (!isClosed()) {
          var caller = callers.take();
          if (caller != CLOSED) return caller;
        }
      } catch (InterruptedException hurried) {
        Thread.currentThread().interrupt();
      }
      if (++callsAfterClose > Spinning.MOST_CALLS) throw new Spinning();
      throw new SocketException("Socket closed");
    }

    @Override
    public void close() throws IOException {
      super.close();
      callers.add(CLOSED);
    }
  }
}
