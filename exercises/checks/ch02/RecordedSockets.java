package ch02;

import grader.Given;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.SocketFactory;

/**
 * Real sockets that note what is done with them, and addresses for them on loopback: some answer,
 * some refuse, some stay silent.
 */
final class RecordedSockets extends SocketFactory implements AutoCloseable {
  /** In the order in which they were made. */
  final List<Recorded> made = new ArrayList<>();

  private final List<Closeable> held = new ArrayList<>();
  private final Set<SocketAddress> silent = new HashSet<>();

  /** Where somebody listens. */
  ServerSocket listener() throws IOException {
    var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    held.add(listener);
    return listener;
  }

  /** An address that answers. */
  InetSocketAddress answering() throws IOException {
    return (InetSocketAddress) listener().getLocalSocketAddress();
  }

  /**
   * An address that refuses: its port is taken, so that nobody else can, and nobody listens there.
   */
  InetSocketAddress refusing() throws IOException {
    var taken = new Socket();
    held.add(taken);
    taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return (InetSocketAddress) taken.getLocalSocketAddress();
  }

  /** An address that does not answer, as behind a firewall. */
  InetSocketAddress silent() throws IOException {
    var address = refusing();
    silent.add(address);
    return address;
  }

  /** What went wrong, in order. */
  List<IOException> failures() {
    return made.stream().flatMap(socket -> socket.failures.stream()).toList();
  }

  @Override
  public Socket createSocket() {
    var socket = new Recorded();
    made.add(socket);
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port), new InetSocketAddress(from, fromPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port), new InetSocketAddress(from, fromPort));
  }

  private Socket connected(InetSocketAddress target, InetSocketAddress source) throws IOException {
    var socket = createSocket();
    if (source != null) socket.bind(source);
    socket.connect(target);
    return socket;
  }

  @Override
  public void close() throws IOException {
    for (var each : held) each.close();
    for (var each : made) each.close();
  }

  /** One socket and its story. */
  final class Recorded extends Socket {
    /** Where it was bound before it connected. */
    final List<SocketAddress> sources = new ArrayList<>();

    final List<SocketAddress> targets = new ArrayList<>();

    /** The timeout of each connect, in milliseconds. */
    final List<Integer> timeouts = new ArrayList<>();

    private final List<IOException> failures = new ArrayList<>();

    @Override
    public void bind(SocketAddress source) throws IOException {
      if (targets.isEmpty()) sources.add(source);
      try {
        super.bind(source);
      } catch (IOException failed) {
        failures.add(failed);
        throw failed;
      }
    }

    @Override
    public void connect(SocketAddress target) throws IOException {
      connect(target, 0);
    }

    @Override
    public void connect(SocketAddress target, int millis) throws IOException {
      targets.add(target);
      timeouts.add(millis);
      try {
        if (silent.contains(target) && !isClosed()) waitInVain(millis);
        super.connect(target, millis);
      } catch (IOException failed) {
        failures.add(failed);
        throw failed;
      }
    }

    /**
     * As long as a real connect waits that nobody answers; and like that one it closes the socket.
     */
    private void waitInVain(int millis) throws IOException {
      if (millis == 0) throw forEver();
      try (this;
          var nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        nobody.setSoTimeout(millis);
        nobody.accept();
      } catch (SocketTimeoutException timeout) {
        throw new SocketTimeoutException("Connect timed out");
      }
    }

    private Error forEver() throws IOException {
      int soTimeout = getSoTimeout();
      return Given.given("an address that does not answer, as behind a firewall")
          .wrong(
              "a connect with the timeout",
              "a connect without one",
              soTimeout > 0
                  ? "setSoTimeout(%d) limits each read and not the connect. ".formatted(soTimeout)
                      + "Socket.connect takes a timeout of its own."
                  : "The kernel sends its SYN again and again before it gives up, two minutes on"
                      + " Linux. The reader at the terminal is gone by then.");
    }
  }
}
