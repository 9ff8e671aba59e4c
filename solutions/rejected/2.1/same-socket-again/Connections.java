// Believes: a socket whose connect failed can try another address.
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
    IOException failure = null;
    try {
      if (source != null) socket.bind(source);
      for (var address : addresses) {
        try {
          socket.connect(address, (int) timeout.toMillis());
          return socket;
        } catch (IOException e) {
          if (failure != null) e.addSuppressed(failure);
          failure = e;
        }
      }
    } catch (IOException e) {
      failure = e;
    }
    socket.close();
    throw failure;
  }
}
