// Believes: turn() throws IOException, so there is nothing to catch.
// Rejected by: EchoLoopTest "outlives a client that is lost"
package ch13;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

public final class EchoLoop {
  public static final int MOST_BYTES = 128 * 1024;

  private EchoLoop() {}

  public static void listen(ServerSocketChannel listener, Selector selector) throws IOException {
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
  }

  private record Client(SocketChannel channel, ByteBuffer owed) {
    void turn(SelectionKey key) throws IOException {
      boolean end = key.isReadable() && channel.read(owed) < 0;
      if (end) {
        channel.close();
        return;
      }
      owed.flip();
      channel.write(owed);
      owed.compact();
      key.interestOps(owed.position() > 0 ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }
  }

  public static void turn(Selector selector) throws IOException {
    selector.select();
    var ready = List.copyOf(selector.selectedKeys());
    selector.selectedKeys().clear();
    for (var key : ready) {
      if (key.attachment() instanceof Client client) {
        client.turn(key);
      } else {
        var channel = ((ServerSocketChannel) key.channel()).accept();
        channel.configureBlocking(false);
        var client = new Client(channel, ByteBuffer.allocate(MOST_BYTES));
        channel.register(selector, SelectionKey.OP_READ, client);
      }
    }
  }
}
