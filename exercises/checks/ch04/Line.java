package ch04;

import static grader.Given.given;

import grader.WrongAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.SocketFactory;

/**
 * A listener and the way to it, both without a kernel: it holds as many callers as a check wants,
 * loses the calls that a check wants lost, and its timeouts take no time. A caller that hangs up
 * leaves its place.
 */
final class Line extends SocketFactory implements AutoCloseable {
  /** More calls than any check needs: somebody calls for ever. */
  private static final int RUNAWAY = 1000;

  private final int places;
  private final Set<Integer> lost = new HashSet<>();
  private final Socket port = new Socket();
  private final List<Caller> callers = new ArrayList<>();
  private final List<Integer> timeouts = new ArrayList<>();
  private int refusedFrom = Integer.MAX_VALUE;
  private int most;

  Line(int places) throws IOException {
    this.places = places;
    // Nobody else has this port, and nobody listens there: a real socket would be refused.
    port.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** The first call is number 1. */
  Line losing(int... calls) {
    for (int call : calls) lost.add(call);
    return this;
  }

  /** The listener is closed before this call. */
  Line refusingFrom(int call) {
    refusedFrom = call;
    return this;
  }

  InetSocketAddress address() {
    return (InetSocketAddress) port.getLocalSocketAddress();
  }

  synchronized int calls() {
    return timeouts.size();
  }

  /** What each connect was given, in milliseconds. */
  synchronized List<Integer> timeouts() {
    return List.copyOf(timeouts);
  }

  /** How many were connected at the same time. */
  synchronized int most() {
    return most;
  }

  synchronized long open() {
    return callers.stream().filter(caller -> !caller.isClosed()).count();
  }

  private synchronized long connected() {
    return callers.stream().filter(caller -> caller.isConnected() && !caller.isClosed()).count();
  }

  private synchronized void answer(Caller caller, int millis) throws IOException {
    timeouts.add(millis);
    int call = timeouts.size();
    if (call > RUNAWAY) throw runaway();
    if (call >= refusedFrom) throw new ConnectException("Connection refused");
    if (lost.contains(call) || connected() >= places) {
      if (millis == 0) throw RealCallers.waitsForEver();
      throw new SocketTimeoutException("Connect timed out");
    }
    caller.connected = true;
    most = Math.max(most, (int) connected());
  }

  private WrongAnswer runaway() {
    return most <= 1
        ? given("a listener that holds %,d callers".formatted(places))
            .wrong(
                "callers that stay until the count is over",
                "%,d calls, and never more than %d on the line".formatted(calls() - 1, most),
                "This looks like code that closes each socket after its connect. Whoever hangs up"
                    + " leaves the line, and a line that all leave is never full.")
        : given("a listener that holds them all")
            .wrong(
                "an end at the most that was asked for",
                "%,d calls, and another one".formatted(calls() - 1),
                "A server that accepts, or has a long queue, holds more callers than this program"
                    + " has descriptors. Without a limit of its own the count ends when there are"
                    + " none left.");
  }

  @Override
  public synchronized Socket createSocket() {
    var caller = new Caller();
    callers.add(caller);
    return caller;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  private Socket connected(InetSocketAddress to) throws IOException {
    var caller = createSocket();
    caller.connect(to);
    return caller;
  }

  @Override
  public void close() throws IOException {
    port.close();
    for (var caller : callers) caller.close();
  }

  /**
   * Keeps to what a real socket does: a failed connect closes it, and nothing connects it again.
   */
  private final class Caller extends Socket {
    private volatile boolean connected;

    @Override
    public void connect(SocketAddress to) throws IOException {
      connect(to, 0);
    }

    @Override
    public void connect(SocketAddress to, int millis) throws IOException {
      if (isClosed()) throw new SocketException("Socket is closed");
      if (connected) throw new SocketException("already connected");
      if (!to.equals(address())) throw new ConnectException("Connection refused");
      try {
        answer(this, millis);
      } catch (IOException failed) {
        close();
        throw failed;
      }
    }

    @Override
    public boolean isConnected() {
      return connected;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
      return connected ? address() : null;
    }

    @Override
    public InputStream getInputStream() {
      throw RealCallers.listens();
    }

    @Override
    public OutputStream getOutputStream() {
      throw RealCallers.talks();
    }
  }
}
