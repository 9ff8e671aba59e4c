package ch19;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A desk that serves on a thread of its own, its callers, and those who want it to close. */
final class Evening implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(2);

  final DeskServer server;
  private final ConcurrentLinkedQueue<Caller> callers = new ConcurrentLinkedQueue<>();
  private volatile Throwable thrown;
  private Thread loop;

  private Evening(DeskServer.Handler handler) throws IOException {
    server = new DeskServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), handler);
  }

  static Evening notYetServing(DeskServer.Handler handler) throws IOException {
    return new Evening(handler);
  }

  static Evening serving(DeskServer.Handler handler) throws IOException {
    return new Evening(handler).serve();
  }

  Evening serve() {
    loop = Thread.ofPlatform().daemon().name("serveForever").start(this::run);
    return this;
  }

  private void run() {
    try {
      server.serveForever();
    } catch (Throwable failed) {
      thrown = failed;
    }
  }

  /** Whether serveForever has returned, or does so soon. */
  boolean hasReturned() throws InterruptedException {
    return loop.join(PATIENCE);
  }

  /** In words. */
  String loop() {
    if (loop.isAlive()) return "serveForever goes on";
    return thrown == null ? "serveForever has returned" : "serveForever has thrown " + thrown;
  }

  Caller call() throws IOException {
    var caller = new Caller(server.address());
    callers.add(caller);
    return caller;
  }

  boolean refuses() throws IOException {
    try (var _ = new Caller(server.address())) {
      return false;
    } catch (ConnectException refused) {
      return true;
    } catch (SocketException resetAtOnce) {
      return false;
    }
  }

  /** A call of shutdown, on a thread of its own: it may take for ever. */
  Thread shutdown(Duration grace) {
    return Thread.ofPlatform()
        .daemon()
        .name("shutdown")
        .start(() -> {
          try {
            server.shutdown(grace);
          } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** What every check leaves behind, whatever it found: no caller, and no handler that reads. */
  @Override
  public void close() throws IOException {
    for (var caller : callers) caller.close();
    shutdown(Duration.ZERO);
  }

  /** Says lines and hears lines, with a deadline: silence is an answer as well. */
  static final class Caller implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    private Caller(InetSocketAddress address) throws IOException {
      socket = new Socket(address.getAddress(), address.getPort());
      socket.setSoTimeout((int) PATIENCE.toMillis());
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    Caller says(String line) {
      try {
        DeskServerTest.say(socket, line);
      } catch (IOException gone) {
        // What it hears next tells.
      }
      return this;
    }

    /** A line, {@code [end]} or {@code [silence]}. A reset is an end, too. */
    String hears() {
      try {
        var line = in.readLine();
        return line == null ? "[end]" : line;
      } catch (SocketTimeoutException silence) {
        return "[silence]";
      } catch (IOException reset) {
        return "[end]";
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
