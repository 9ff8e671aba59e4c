// Believes: one thread needs one buffer.
// Rejected by: EchoLoopTest "keeps what one client is owed apart from the others"
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

  /** There is one thread, so nobody else uses it. */
  private static final ByteBuffer BUFFER = ByteBuffer.allocate(MOST_BYTES);

  public static void turn(Selector selector) throws IOException {
    selector.select();
    var keys = selector.selectedKeys().iterator();
    while (keys.hasNext()) {
      var key = keys.next();
      keys.remove();
      if (key.isAcceptable()) accept(key);
      else if (key.isReadable()) read(key);
      else if (key.isWritable()) write(key);
    }
  }

  private static void accept(SelectionKey key) throws IOException {
    var client = ((ServerSocketChannel) key.channel()).accept();
    client.configureBlocking(false);
    client.register(key.selector(), SelectionKey.OP_READ);
  }

  private static void read(SelectionKey key) throws IOException {
    try {
      int count = ((SocketChannel) key.channel()).read(BUFFER.clear());
      BUFFER.flip();
      if (count < 0) key.channel().close();
      else write(key);
    } catch (IOException lost) {
      key.channel().close();
    }
  }

  private static void write(SelectionKey key) throws IOException {
    try {
      ((SocketChannel) key.channel()).write(BUFFER);
      key.interestOps(BUFFER.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    } catch (IOException lost) {
      key.channel().close();
    }
  }
}
