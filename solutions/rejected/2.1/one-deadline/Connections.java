// Believes: the timeout is for all attempts together.
// Rejected by: ConnectionsTest "gives every attempt the whole timeout"
package ch02;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import javax.net.SocketFactory;

public final class Connections {
  private Connections() {}

  public static Socket createConnection(
      List<InetSocketAddress> addresses,
      Duration timeout,
      InetSocketAddress source,
      SocketFactory sockets)
      throws IOException {
    if (addresses.isEmpty()) throw new IllegalArgumentException("no addresses");
    long deadline = System.currentTimeMillis() + timeout.toMillis();
    IOException failure = null;
    for (var address : addresses) {
      var socket = sockets.createSocket();
      try {
        if (source != null) socket.bind(source);
        long left = deadline - System.currentTimeMillis();
        if (left <= 0) throw new SocketTimeoutException("no time left for " + address);
        socket.connect(address, (int) left);
        return socket;
      } catch (IOException e) {
        socket.close();
        if (failure != null) e.addSuppressed(failure);
        failure = e;
      }
    }
    throw failure;
  }
}
