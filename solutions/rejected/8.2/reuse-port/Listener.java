// Believes: to listen on a port again takes SO_REUSEPORT, as its name says.
// Rejected by: ListenerTest "refuses at once while another listener is live"
package ch08;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import javax.net.ServerSocketFactory;

public final class Listener {
  private Listener() {}

  public static ServerSocket open(int port, ServerSocketFactory sockets) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    var server = sockets.createServerSocket();
    try {
      server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      server.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      server.bind(address);
      return server;
    } catch (BindException e) {
      server.close();
      throw named(port, e);
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  private static BindException named(int port, BindException e) {
    var named = new BindException("cannot listen on port " + port + ": " + e.getMessage());
    named.initCause(e);
    return named;
  }
}
