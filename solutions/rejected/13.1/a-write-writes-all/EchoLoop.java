// Believes: write() writes what it is given.
// Rejected by: EchoLoopTest "keeps its place when a write is short"
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
    var keys = selector.selectedKeys().iterator();
    while (keys.hasNext()) {
      var key = keys.next();
      keys.remove();
      if (key.isAcceptable()) {
        var client = ((ServerSocketChannel) key.channel()).accept();
        client.configureBlocking(false);
        client.register(selector, SelectionKey.OP_READ);
      } else {
        echo((SocketChannel) key.channel());
      }
    }
  }

  private static void echo(SocketChannel client) throws IOException {
    var buffer = ByteBuffer.allocate(MOST_BYTES);
    try {
      int count = client.read(buffer);
      if (count < 0) client.close();
      if (count > 0) client.write(buffer.flip());
    } catch (IOException lost) {
      client.close();
    }
  }
}
