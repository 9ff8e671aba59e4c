// Believes: what fails on a socket throws an IOException.
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
    var server = sockets.createServerSocket();
    try {
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return server;
    } catch (IOException e) {
      server.close();
      throw e instanceof BindException taken ? named(port, taken) : e;
    }
  }

  private static BindException named(int port, BindException e) {
    var named = new BindException("cannot listen on port " + port + ": " + e.getMessage());
    named.initCause(e);
    return named;
  }
}
