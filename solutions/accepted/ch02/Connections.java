package ch02;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;

/** Exercise 2.1: createConnection. */
public final class Connections {
  private Connections() {}

  public static Socket createConnection(
      List<InetSocketAddress> addresses,
      Duration timeout,
      InetSocketAddress source,
      SocketFactory sockets)
      throws IOException {
    if (addresses.isEmpty()) throw new IllegalArgumentException("no address to connect to");

    var failures = new ArrayList<IOException>();
    for (var address : addresses) {
      var socket = sockets.createSocket(); // a failed one can't be used again
      try {
        if (source != null) socket.bind(source);
        socket.connect(address, Math.toIntExact(timeout.toMillis()));
        return socket;
      } catch (IOException failed) {
        socket.close(); // a failed connect has done so, a failed bind has not
        failures.add(failed);
      }
    }
    var last = failures.removeLast();
    failures.forEach(last::addSuppressed);
    throw last;
  }
}
