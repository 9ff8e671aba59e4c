package wire;

import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * A tap for UDP. Each client address is a conversation, and talks to the server from a port of its
 * own. Datagrams that a kernel queue has no room for are lost, as they are without a tap.
 */
final class DatagramTap implements Tap {
  /** How late a reordered datagram is when nothing follows it. */
  static final Duration LATENESS = Duration.ofMillis(100);

  /** UDP has no end: beyond so many clients, the one that was silent longest is forgotten. */
  static final int MOST_CLIENTS = 1000;

  static final int LONGEST_DATAGRAM_BYTES = 65_535;

  private final Plan<DatagramDisturbance> plan;
  private final DatagramChannel listener;
  private final SocketAddress address;
  private final Recorder recorder;
  private final LinkedHashMap<SocketAddress, Client> clients = new LinkedHashMap<>(16, 0.75f, true);
  private final Thread receiver;

  private DatagramTap(Plan<DatagramDisturbance> plan, DatagramChannel listener) throws IOException {
    this.plan = plan;
    this.listener = listener;
    address = listener.getLocalAddress();
    recorder = plan.recorder();
    receiver = Thread.ofVirtual().name("tap " + address).unstarted(this::receiveAll);
  }

  static DatagramTap open(Plan<DatagramDisturbance> plan) throws IOException {
    var listener = DatagramChannel.open();
    try {
      listener.bind(plan.address());
      var tap = new DatagramTap(plan, listener);
      tap.receiver.start();
      return tap;
    } catch (IOException | RuntimeException | Error failed) {
      listener.close();
      throw failed;
    }
  }

  private void receiveAll() {
    var buffer = ByteBuffer.allocateDirect(LONGEST_DATAGRAM_BYTES);
    int known = 0;
    while (true) {
      try {
        var from = listener.receive(buffer.clear());
        buffer.flip();
        var client = clients.get(from);
        if (client == null) {
          recorder.add(++known, Side.CLIENT, Act.CONNECT);
          try {
            client = new Client(known, from);
          } catch (IOException noDescriptorLeft) {
            recorder.add(known, Side.CLIENT, Act.DROP, buffer);
            continue;
          }
          clients.put(from, client);
          client.fromServer.start();
          if (clients.size() > MOST_CLIENTS) forgetOldest();
        }
        client.toServer.take(buffer);
      } catch (ClosedChannelException closing) {
        return;
      } catch (IOException lost) {
        // One datagram could not be received. The next one may.
      }
    }
  }

  private void forgetOldest() throws IOException {
    var oldest = clients.pollFirstEntry().getValue();
    recorder.add(oldest.number, Side.CLIENT, Act.CLOSE);
    oldest.close();
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
    Threads.end(receiver); // from here on the clients are ours alone
    for (var client : clients.values()) client.close();
    clients.clear();
  }

  /** One client address, and the socket that stands for it before the server. */
  private final class Client {
    final int number;
    final DatagramFlow toServer;
    final DatagramFlow toClient;
    final Thread fromServer;
    private final DatagramChannel server;

    Client(int number, SocketAddress client) throws IOException {
      this.number = number;
      server = DatagramChannel.open();
      try {
        server.setOption(StandardSocketOptions.SO_REUSEADDR, true); // see sendEmpty
        server.connect(plan.target());
      } catch (IOException failed) {
        server.close();
        throw failed;
      }
      toServer = flow(Side.CLIENT, this::sendToServer);
      toClient = flow(Side.SERVER, datagram -> listener.send(datagram, client));
      fromServer =
          Thread.ofVirtual().name("tap " + address + " " + number).unstarted(this::receiveAll);
    }

    private DatagramFlow flow(Side from, DatagramFlow.Sending sending) {
      var log = new Flow.Log(recorder, number, from);
      return new DatagramFlow(plan.disturbances(from), plan.clock(), log, sending);
    }

    private void sendToServer(ByteBuffer datagram) throws IOException {
      if (!datagram.hasRemaining()) {
        sendEmpty();
        return;
      }
      try {
        server.write(datagram);
      } catch (PortUnreachableException refused) { // an earlier one; this one is not sent yet
        recorder.add(number, Side.SERVER, Act.REFUSED);
        server.write(datagram);
      }
    }

    /**
     * From a second socket at the same address, for Java sends nothing when a connected one is to
     * send an empty datagram. What comes back finds the connected one: the kernel prefers it.
     */
    private void sendEmpty() throws IOException {
      try (var unconnected = DatagramChannel.open()) {
        unconnected.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        unconnected.bind(server.getLocalAddress());
        unconnected.send(ByteBuffer.allocate(0), plan.target());
      }
    }

    private void receiveAll() {
      var buffer = ByteBuffer.allocateDirect(LONGEST_DATAGRAM_BYTES);
      while (true) {
        try {
          server.read(buffer.clear());
          toClient.take(buffer.flip());
        } catch (PortUnreachableException refused) {
          recorder.add(number, Side.SERVER, Act.REFUSED);
        } catch (ClosedChannelException over) {
          return;
        } catch (IOException lost) {
          // One datagram could not be received. The next one may.
        }
      }
    }

    void close() throws IOException {
      server.close();
      Threads.end(fromServer);
      toServer.close();
      toClient.close();
    }
  }
}
