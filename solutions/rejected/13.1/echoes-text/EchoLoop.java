// Believes: what clients send is text.
// Rejected by: EchoLoopTest "sends back what a client says, to that client"
package ch13;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

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

  private static void echo(SelectionKey key, SocketChannel client, ByteBuffer owed)
      throws IOException {
    try {
      if (key.isReadable()) {
        if (client.read(owed) < 0) {
          client.close();
          return;
        }
        String text = StandardCharsets.UTF_8.decode(owed.flip()).toString();
        owed.clear().put(text.getBytes(StandardCharsets.UTF_8));
      }
      owed.flip();
      client.write(owed);
      owed.compact();
      key.interestOps(owed.position() > 0 ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    } catch (IOException lost) {
      client.close();
    }
  }
}
