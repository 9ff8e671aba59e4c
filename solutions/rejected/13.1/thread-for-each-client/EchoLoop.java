// Believes: the selector is for accepting; a conversation needs a thread.
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
    selector.select();
    var keys = selector.selectedKeys().iterator();
    while (keys.hasNext()) {
      var key = keys.next();
      keys.remove();
      var client = ((ServerSocketChannel) key.channel()).accept();
      if (client != null) Thread.ofVirtual().start(() -> echo(client));
    }
  }

  private static void echo(SocketChannel client) {
    try (client) {
      var buffer = ByteBuffer.allocate(MOST_BYTES);
      while (client.read(buffer.clear()) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) client.write(buffer);
      }
    } catch (IOException lost) {
      // The next one has a thread of its own.
    }
  }
}
