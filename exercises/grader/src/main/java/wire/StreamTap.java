package wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import wire.StreamDisturbance.AcceptLate;

/** A tap for connections: TCP and Unix sockets, each on either side. */
final class StreamTap implements Tap {
  private static final Duration NO_DESCRIPTOR_LEFT = Duration.ofMillis(100);

  private final Plan<StreamDisturbance> plan;
  private final ServerSocketChannel listener;
  private final SocketAddress address;
  private final Recorder recorder;
  private final Set<Conversation> open = ConcurrentHashMap.newKeySet();
  private final Thread acceptor;

  private StreamTap(Plan<StreamDisturbance> plan, ServerSocketChannel listener) throws IOException {
    this.plan = plan;
    this.listener = listener;
    address = listener.getLocalAddress();
    recorder = plan.recorder();
    acceptor = Thread.ofVirtual().name("tap " + address).unstarted(this::acceptAll);
  }

  static StreamTap open(Plan<StreamDisturbance> plan) throws IOException {
    if (plan.disturbances(Side.CLIENT).stream().anyMatch(AcceptLate.class::isInstance)) {
      throw new IllegalArgumentException("only the server's side accepts late");
    }
    var listener =
        switch (plan.address()) {
          case UnixDomainSocketAddress _ -> ServerSocketChannel.open(StandardProtocolFamily.UNIX);
          default -> ServerSocketChannel.open();
        };
    try {
      listener.bind(plan.address());
      var tap = new StreamTap(plan, listener);
      tap.acceptor.start();
      return tap;
    } catch (IOException | RuntimeException | Error failed) {
      listener.close();
      throw failed;
    }
  }

  private void acceptAll() {
    for (int number = 1; ; ) {
      try {
        var client = listener.accept();
        new Conversation(number++, client).start();
      } catch (ClosedChannelException closed) {
        return;
      } catch (IOException exhausted) { // no descriptor left: the caller stays in the accept queue
        try {
          Thread.sleep(NO_DESCRIPTOR_LEFT);
        } catch (InterruptedException closing) {
          return;
        }
      }
    }
  }

  @Override
  public SocketAddress address() {
    return address;
  }

  @Override
  public Recording recording() {
    return recorder.recording();
  }

  @Override
  public Event await(Predicate<Event> wanted, Duration patience)
      throws InterruptedException, TimeoutException {
    return recorder.await(wanted, patience);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    if (address instanceof UnixDomainSocketAddress unix) Files.deleteIfExists(unix.getPath());
    Threads.end(acceptor); // from here on there are no new conversations
    for (var conversation : open) conversation.end();
  }

  /** One client, its connection to the server, and a flow each way. */
  private final class Conversation implements Flow.Ends {
    private final int number;
    private final SocketChannel client;
    private final SocketChannel server;
    private final Flow clientFlow;
    private final Flow serverFlow;
    private final Thread fromClient;
    private final Thread fromServer;
    private boolean halfClosed;
    private boolean over;

    Conversation(int number, SocketChannel client) throws IOException {
      this.number = number;
      this.client = client;
      try {
        server =
            switch (plan.target()) {
              case UnixDomainSocketAddress _ -> SocketChannel.open(StandardProtocolFamily.UNIX);
              default -> SocketChannel.open();
            };
      } catch (IOException failed) {
        Sockets.reset(client);
        throw failed;
      }
      clientFlow = flow(Side.CLIENT, client, server);
      serverFlow = flow(Side.SERVER, server, client);
      var name = "tap " + address + " " + number;
      fromServer = Thread.ofVirtual().name(name + " server").unstarted(this::fromServer);
      fromClient = Thread.ofVirtual().name(name + " client").unstarted(this::fromClient);
    }

    void start() {
      recorder.add(number, Side.CLIENT, Act.CONNECT);
      open.add(this);
      fromClient.start();
    }

    private Flow flow(Side from, SocketChannel source, SocketChannel target) {
      var log = new Flow.Log(recorder, number, from);
      return new Flow(source, target, plan.disturbances(from), plan.clock(), log, this);
    }

    /** The last to leave. */
    private void fromClient() {
      if (connect()) {
        carry(clientFlow);
        Threads.join(fromServer);
      }
      open.remove(this);
    }

    private void fromServer() {
      carry(serverFlow);
    }

    private void carry(Flow flow) {
      try {
        flow.run();
      } catch (RuntimeException | Error mistake) { // ours, or the listener's
        breakOff();
        throw mistake;
      }
    }

    /** Whether the server's flow has begun. */
    private boolean connect() {
      try {
        for (var disturbance : plan.disturbances(Side.SERVER)) {
          if (disturbance instanceof AcceptLate(var gate)) {
            new Flow.Log(recorder, number, Side.SERVER).hold(gate, plan.clock());
          }
        }
        if (plan.target() instanceof InetSocketAddress target) {
          server.socket().connect(target, Math.toIntExact(plan.patience().toMillis()));
        } else {
          server.connect(plan.target());
        }
        Sockets.sendAtOnce(client);
        Sockets.sendAtOnce(server);
        return accepted();
      } catch (InterruptedException | ClosedChannelException closing) {
        return false;
      } catch (SocketTimeoutException unanswered) {
        cut(Side.SERVER, Act.TIMEOUT);
      } catch (IOException refused) {
        cut(Side.SERVER, Act.REFUSED);
      }
      return false;
    }

    private synchronized boolean accepted() {
      if (over) return false;
      recorder.add(number, Side.SERVER, Act.ACCEPT);
      fromServer.start();
      return true;
    }

    @Override
    public synchronized void sendsNoMore(Side side) throws IOException {
      if (over) return;
      recorder.add(number, side, halfClosed ? Act.CLOSE : Act.HALF_CLOSE);
      (side == Side.CLIENT ? server : client).shutdownOutput();
      if (!halfClosed) {
        halfClosed = true;
        return;
      }
      over = true;
      client.close();
      server.close();
      interruptOther();
    }

    @Override
    public void cut(Side by) {
      cut(by, Act.RESET);
    }

    @Override
    public boolean isWrittenTo(Side side) {
      return (side == Side.CLIENT ? serverFlow : clientFlow).writing();
    }

    private synchronized void cut(Side by, Act act) {
      if (over) return;
      recorder.add(number, by, act);
      breakOff();
    }

    private synchronized void breakOff() {
      if (over) return;
      over = true;
      Sockets.reset(client);
      Sockets.reset(server);
      interruptOther();
    }

    /** It may wait at a gate. */
    private void interruptOther() {
      for (var thread : List.of(fromClient, fromServer)) {
        if (thread != Thread.currentThread()) thread.interrupt();
      }
    }

    /** The tap is closing. */
    void end() {
      breakOff();
      Threads.join(fromClient);
    }
  }
}
