package ch08;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import javax.net.ServerSocketFactory;

/** Exercise 8.2: a listener that comes back. */
public final class Listener {
  private Listener() {}

  public static ServerSocket open(int port, ServerSocketFactory sockets) throws IOException {
    // A port that does not exist throws here, before anything is open.
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    var listener = sockets.createServerSocket();
    try {
      listener.setReuseAddress(true); // it is asked for in bind, and never again
      listener.bind(address);
      return listener;
    } catch (BindException taken) {
      listener.close();
      var named = new BindException("port %d: %s".formatted(port, taken.getMessage()));
      named.initCause(taken);
      throw named;
    } catch (IOException failed) {
      listener.close();
      throw failed;
    }
  }
}
