// Believes: the exception of bind says all that there is to say.
// Rejected by: ListenerTest "names the port that it cannot have"
package ch08;

import java.io.IOException;
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
      server.setReuseAddress(true);
      server.bind(address);
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }
}
