// Believes: SO_REUSEADDR is on by default.
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
    var server = sockets.createServerSocket();
    try {
      server.bind(address);
    } catch (BindException e) {
      server.close();
      throw named(port, e);
    } catch (IOException e) {
      server.close();
      throw e;
    }
    return server;
  }

  private static BindException named(int port, BindException e) {
    var named = new BindException("cannot listen on port " + port + ": " + e.getMessage());
    named.initCause(e);
    return named;
  }
}
