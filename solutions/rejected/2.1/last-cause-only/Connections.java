// Believes: the last failure says it all.
// Rejected by: ConnectionsTest "keeps the cause of every failure"
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
    IOException failure = null;
    for (var address : addresses) {
      var socket = sockets.createSocket();
      try {
        if (source != null) socket.bind(source);
        socket.connect(address, (int) timeout.toMillis());
        return socket;
      } catch (IOException e) {
        socket.close();
        failure = e;
      }
    }
    throw failure;
  }
}
