// Believes: whether somebody listens is found out with a call.
// Rejected by: ListenerTest "refuses at once while another listener is live"
package ch08;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ServerSocketFactory;

public final class Listener {
  private Listener() {}

  public static ServerSocket open(int port, ServerSocketFactory sockets) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    if (port != 0 && isServed(address)) {
      var cause = new BindException("Address already in use");
      throw named(port, cause);
    }
    var server = sockets.createServerSocket();
    try {
      server.setReuseAddress(true);
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

  private static boolean isServed(InetSocketAddress address) throws IOException {
    try (var probe = new Socket(address.getAddress(), address.getPort())) {
      return probe.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }

  private static BindException named(int port, BindException e) {
    var named = new BindException("cannot listen on port " + port + ": " + e.getMessage());
    named.initCause(e);
    return named;
  }
}
