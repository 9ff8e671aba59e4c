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
  public static final int MOST_BYTES = 16 * 1024;

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

  private static final class Client {
    private final SocketChannel channel;
    private final ByteBuffer owed = ByteBuffer.allocate(MOST_BYTES); // being filled between turns
    private boolean saidAll;

    Client(SocketChannel channel) {
      this.channel = channel;
    }

    /** The catch boundary: what goes wrong here concerns this client alone. */
    void turn(SelectionKey key) throws IOException {
      try {
        echo();
        if (saidAll && owed.position() == 0) channel.close();
        else key.interestOps(interest());
      } catch (IOException lost) {
        channel.close();
      }
    }

    private void echo() throws IOException {
      if (!saidAll && owed.hasRemaining()) saidAll = channel.read(owed) < 0;
      owed.flip();
      channel.write(owed);
      owed.compact();
    }

    private int interest() {
      boolean mayRead = !saidAll && owed.hasRemaining();
      boolean mustWrite = owed.position() > 0;
      return (mayRead ? OP_READ : 0) | (mustWrite ? OP_WRITE : 0);
    }
  }
}
