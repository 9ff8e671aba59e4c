package ch13;

import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

public final class EchoLoop {
  public static final int MOST_BYTES = 128 * 1024;

  /** What was read in this turn. Empty between turns, so one is enough for all clients. */
  private static final ByteBuffer READ = ByteBuffer.allocate(MOST_BYTES);

  private EchoLoop() {}

  public static void listen(ServerSocketChannel listener, Selector selector) throws IOException {
    listener.configureBlocking(false);
    listener.register(selector, OP_ACCEPT);
  }

  public static void turn(Selector selector) throws IOException {
    selector.select();
    for (var key : selector.selectedKeys()) {
      if (key.attachment() instanceof Client client) client.turn(key);
      else accept((ServerSocketChannel) key.channel(), selector);
    }
    selector.selectedKeys().clear();
  }

  private static void accept(ServerSocketChannel listener, Selector selector) throws IOException {
    var channel = listener.accept();
    if (channel == null) return;
    channel.configureBlocking(false);
    channel.register(selector, OP_READ, new Client(channel));
  }

  /** An idle one keeps no buffer. */
  private static final class Client {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private ByteBuffer owed = NOTHING; // being drained: what short writes have left
    private boolean saidAll;

    Client(SocketChannel channel) {
      this.channel = channel;
    }

    /** The catch boundary: what goes wrong here concerns this client alone. */
    void turn(SelectionKey key) throws IOException {
      try {
        if (owed.hasRemaining()) channel.write(owed);
        else echo();
        if (owed.hasRemaining()) key.interestOps(OP_WRITE);
        else if (saidAll) channel.close();
        else key.interestOps(OP_READ);
      } catch (IOException lost) {
        channel.close();
      }
    }

    private void echo() throws IOException {
      saidAll = channel.read(READ.clear()) < 0;
      channel.write(READ.flip());
      owed = READ.hasRemaining() ? ByteBuffer.allocate(READ.remaining()).put(READ).flip() : NOTHING;
    }
  }
}
