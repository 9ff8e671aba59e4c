// Believes: the factory's method with a port is the short way to the same socket.
// Rejected by: ListenerTest "comes back while old connections linger"
package ch08;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import javax.net.ServerSocketFactory;

public final class Listener {
  private Listener() {}

  public static ServerSocket open(int port, ServerSocketFactory sockets) throws IOException {
    try {
      var server = sockets.createServerSocket(port, 50, InetAddress.getLoopbackAddress());
      server.setReuseAddress(true);
      return server;
    } catch (BindException e) {
      throw named(port, e);
    }
  }

  private static BindException named(int port, BindException e) {
    var named = new BindException("cannot listen on port " + port + ": " + e.getMessage());
    named.initCause(e);
    return named;
  }
}
