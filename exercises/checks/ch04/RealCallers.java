package ch04;

import static grader.Given.given;

import grader.WrongAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;

/** Real sockets that refuse to wait for ever: for a connect, or for a word from the peer. */
final class RealCallers extends SocketFactory implements AutoCloseable {
  private final List<Socket> made = new ArrayList<>();

  synchronized int made() {
    return made.size();
  }

  static WrongAnswer listens() {
    return given("a listener whose owner accepts nobody")
        .wrong(
            "how many are connected",
            "a read on one of the connections",
            "This looks like code that takes connected for accepted. The kernel connects: its"
                + " handshake needs no accept. A word from the help desk does, and none comes.");
  }

  static WrongAnswer waitsForEver() {
    return given("a call that nobody answers")
        .wrong(
            "a connect with the timeout",
            "a connect without one",
            "The kernel sends its SYN again and again before it gives up, two minutes on Linux."
                + " Socket.connect takes the timeout as its second argument; setSoTimeout is about"
                + " reads.");
  }

  static WrongAnswer talks() {
    return given("a listener whose owner accepts nobody")
        .wrong(
            "how many are connected",
            "a write on one of the connections",
            "Nothing is to be said. A write succeeds on every one of these connections anyway: the"
                + " kernel takes the bytes, whether somebody has accepted or never will.");
  }

  @Override
  public synchronized Socket createSocket() {
    var caller =
        new Socket() {
          @Override
          public void connect(SocketAddress to) {
            throw waitsForEver();
          }

          @Override
          public void connect(SocketAddress to, int millis) throws IOException {
            if (millis == 0) throw waitsForEver();
            super.connect(to, millis);
          }

          @Override
          public InputStream getInputStream() {
            throw listens();
          }

          @Override
          public OutputStream getOutputStream() {
            throw talks();
          }
        };
    made.add(caller);
    return caller;
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw waitsForEver();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
    throw waitsForEver();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw waitsForEver();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
    throw waitsForEver();
  }

  @Override
  public synchronized void close() throws IOException {
    for (var caller : made) caller.close();
  }
}
