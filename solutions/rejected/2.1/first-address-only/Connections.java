// Believes: a name has one address, and the first of the list is that one.
// Rejected by: ConnectionsTest "tries the next address when one refuses"
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
    if (addresses.isEmpty()) throw new IllegalArgumentException("no addresses");
    var socket = sockets.createSocket();
    try {
      if (source != null) socket.bind(source);
      socket.connect(addresses.getFirst(), (int) timeout.toMillis());
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
