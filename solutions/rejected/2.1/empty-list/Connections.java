// Believes: there is always at least one address.
// Rejected by: ConnectionsTest "refuses an empty list"
package ch02;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
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
    IOException failure = null;
    for (var address : addresses) {
      var socket = sockets.createSocket();
      try {
        if (source != null) socket.bind(source);
        socket.connect(address, (int) timeout.toMillis());
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
