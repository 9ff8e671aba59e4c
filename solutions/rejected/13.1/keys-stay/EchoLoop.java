// Believes: selectedKeys() holds what the last select has found.
// Rejected by: EchoLoopTest "accepts whoever calls, on the thread of the loop"
package ch13;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

public final class EchoLoop {
  public static final int MOST_BYTES = 128 * 1024;

  private EchoLoop() {}

  public static void listen(ServerSocketChannel listener, Selector selector) throws IOException {
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
  }

  public static void turn(Selector selector) throws IOException {
    if (selector.select() == 0) return;
    for (SelectionKey key : selector.selectedKeys()) {
      if (key.isAcceptable()) {
        SocketChannel client = ((ServerSocketChannel) key.channel()).accept();
        if (client == null) continue;
        client.configureBlocking(false);
        client.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(MOST_BYTES));
      } else {
        echo(key, (SocketChannel) key.channel(), (ByteBuffer) key.attachment());
      }
    }
  }

  private static void echo(SelectionKey key, SocketChannel client, ByteBuffer owed)
      throws IOException {
    try {
      if (key.isReadable() && client.read(owed) < 0) {
        client.close();
        return;
      }
      owed.flip();
      client.write(owed);
      owed.compact();
      key.interestOps(owed.position() == 0 ? SelectionKey.OP_READ : SelectionKey.OP_WRITE);
    } catch (IOException lost) {
      client.close();
    }
  }
}
