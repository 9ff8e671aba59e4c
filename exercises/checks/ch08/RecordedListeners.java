package ch08;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ServerSocketFactory;

/**
 * Makes server sockets that keep a record of what is done with them. They begin with SO_REUSEADDR
 * off, as those of some systems do, wherever the checks run.
 */
final class RecordedListeners extends ServerSocketFactory implements AutoCloseable {
  /** What may happen when a socket is to be bound. */
  interface BeforeBind {
    void at(Recorded socket) throws IOException;
  }

  /** In the order in which they were made. */
  final List<Recorded> made = new ArrayList<>();

  /** All that were tried, by all of these sockets. */
  final List<SocketAddress> binds = new ArrayList<>();

  /** The text of the last bind that failed. */
  String words = "";

  private final List<Closeable> held = new ArrayList<>();
  private BeforeBind beforeBind = _ -> {};

  /** May throw an error instead, and so end code that ought not to bind. */
  void beforeBind(BeforeBind look) {
    beforeBind = look;
  }

  long open() {
    return made.stream().filter(each -> !each.isClosed()).count();
  }

  /** The port of a server that closed its connection first, and is gone. */
  int portWithTimeWait() throws IOException {
    try (var server = server();
        var client = new Socket(server.getInetAddress(), server.getLocalPort())) {
      server.accept().close();
      if (client.getInputStream().read() >= 0) throw new IOException("a byte from nowhere");
      return server.getLocalPort(); // the client closes second, so it has no TIME_WAIT
    }
  }

  /** The port of a server that is gone, and has left a conversation to somebody else. */
  int portWithConversation() throws IOException {
    try (var server = server()) {
      held.add(new Socket(server.getInetAddress(), server.getLocalPort()));
      held.add(server.accept());
      return server.getLocalPort();
    }
  }

  /** One that had set the option: its connections inherit it, and the kernel asks both sides. */
  private static ServerSocket server() throws IOException {
    var server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return server;
  }

  @Override
  public ServerSocket createServerSocket() throws IOException {
    var socket = new Recorded();
    made.add(socket);
    return socket;
  }

  @Override
  public ServerSocket createServerSocket(int port) throws IOException {
    return bound(new InetSocketAddress(port), 0);
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog) throws IOException {
    return bound(new InetSocketAddress(port), backlog);
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog, InetAddress address)
      throws IOException {
    return bound(new InetSocketAddress(address, port), backlog);
  }

  /** Like the constructors of ServerSocket it closes what it cannot bind. */
  private ServerSocket bound(InetSocketAddress address, int backlog) throws IOException {
    var socket = createServerSocket();
    try {
      socket.bind(address, backlog);
      return socket;
    } catch (IOException failed) {
      socket.close();
      throw failed;
    }
  }

  @Override
  public void close() throws IOException {
    for (var each : made) each.close();
    for (var each : held) each.close();
  }

  /** One socket and its story. */
  final class Recorded extends ServerSocket {
    private boolean reusedAtBind;

    Recorded() throws IOException {
      super.setReuseAddress(false);
    }

    /** Whether SO_REUSEADDR was on when it mattered. */
    boolean reusedAtBind() {
      return reusedAtBind;
    }

    @Override
    public void bind(SocketAddress address, int backlog) throws IOException {
      binds.add(address);
      beforeBind.at(this);
      reusedAtBind = reuses();
      try {
        super.bind(address, backlog);
      } catch (BindException failed) {
        words = failed.getMessage();
        throw failed;
      }
    }

    private boolean reuses() throws SocketException {
      return !isClosed() && getReuseAddress();
    }
  }
}
