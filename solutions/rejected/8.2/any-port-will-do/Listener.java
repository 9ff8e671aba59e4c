// Believes: a server on another port is better than none.
// Rejected by: ListenerTest "refuses at once while another listener is live"
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
    try {
      return bound(port, sockets);
    } catch (BindException e) {
      System.err.println("port " + port + " is taken, using another");
      return bound(0, sockets);
    }
  }

  private static ServerSocket bound(int port, ServerSocketFactory sockets) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    var server = sockets.createServerSocket();
    try {
      server.setReuseAddress(true);
      server.bind(address);
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }
}
