// Believes: who has said all has gone.
// Rejected by: EchoLoopTest "closes when a client has said all and heard all"
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
    selector.select();
    for (SelectionKey key : selector.selectedKeys()) {
      if (key.isAcceptable()) {
        SocketChannel client = ((ServerSocketChannel) key.channel()).accept();
        client.configureBlocking(false);
        client.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(MOST_BYTES));
      } else {
        echo(key, (SocketChannel) key.channel(), (ByteBuffer) key.attachment());
      }
    }
    selector.selectedKeys().clear();
  }

  /** Reads while there is room, writes while there is something. */
  private static void echo(SelectionKey key, SocketChannel client, ByteBuffer owed)
      throws IOException {
    try {
      while (owed.hasRemaining()) {
        int count = client.read(owed);
        if (count < 0) {
          client.close();
          return;
        }
        if (count == 0) break;
      }
      owed.flip();
      client.write(owed);
      owed.compact();
      int interest = owed.hasRemaining() ? SelectionKey.OP_READ : 0;
      if (owed.position() > 0) interest |= SelectionKey.OP_WRITE;
      key.interestOps(interest);
    } catch (IOException lost) {
      client.close();
    }
  }
}
