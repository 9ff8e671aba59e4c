// Believes: a buffer is cleared after it has been written.
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
    for (var key : selector.selectedKeys()) {
      if (key.isAcceptable()) accept(key);
      else echo(key);
    }
    selector.selectedKeys().clear();
  }

  private static void accept(SelectionKey key) throws IOException {
    var client = ((ServerSocketChannel) key.channel()).accept();
    if (client == null) return;
    client.configureBlocking(false);
    client.register(key.selector(), SelectionKey.OP_READ, ByteBuffer.allocate(MOST_BYTES));
  }

  private static void echo(SelectionKey key) throws IOException {
    var client = (SocketChannel) key.channel();
    var buffer = (ByteBuffer) key.attachment();
    try {
      if (key.isReadable()) {
        if (client.read(buffer) < 0) {
          client.close();
          return;
        }
        buffer.flip();
      }
      int written = client.write(buffer);
      if (written > 0) {
        buffer.clear();
        key.interestOps(SelectionKey.OP_READ);
      } else {
        key.interestOps(SelectionKey.OP_WRITE);
      }
    } catch (IOException lost) {
      client.close();
    }
  }
}
