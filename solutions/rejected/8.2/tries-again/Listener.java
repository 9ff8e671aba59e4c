// Believes: a port that is taken soon comes free.
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
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    for (int attempt = 1; ; attempt++) {
      var server = sockets.createServerSocket();
      try {
        server.setReuseAddress(true);
        server.bind(address);
        return server;
      } catch (BindException e) {
        server.close();
        if (attempt == 30) throw named(port, e);
        pause();
      } catch (IOException e) {
        server.close();
        throw e;
      }
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(1000);
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }

  private static BindException named(int port, BindException e) {
    var named = new BindException("cannot listen on port " + port + ": " + e.getMessage());
    named.initCause(e);
    return named;
  }
}
