// Believes: an option of a socket can be set at any time.
// Rejected by: ListenerTest "comes back while old connections linger"
package ch08;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import javax.net.ServerSocketFactory;

public final class Listener {
  private Listener() {}

  public static ServerSocket open(int port, ServerSocketFactory sockets) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    ServerSocket server = sockets.createServerSocket();
    boolean ready = false;
    try {
      server.bind(address);
      server.setReuseAddress(true);
      ready = true;
      return server;
    } catch (BindException e) {
      throw named(port, e);
    } finally {
      if (!ready) server.close();
    }
  }

  private static BindException named(int port, BindException e) {
    var named = new BindException("cannot listen on port " + port + ": " + e.getMessage());
    named.initCause(e);
    return named;
  }
}
