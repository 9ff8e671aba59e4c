// Believes: a socket whose bind failed is closed, like one whose connect failed.
// Rejected by: ListenerTest "leaves nothing open when it fails"
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
    server.setReuseAddress(true);
    try {
      server.bind(address);
    } catch (BindException e) {
      throw named(port, e);
    }
    return server;
  }

  private static BindException named(int port, BindException e) {
    var named = new BindException("cannot listen on port " + port + ": " + e.getMessage());
    named.initCause(e);
    return named;
  }
}
