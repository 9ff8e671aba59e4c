// Believes: a queue is there so that nobody has to wait.
// Rejected by: EchoLoopTest "reads no more while a client takes nothing"
package ch13;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;

public final class EchoLoop {
  public static final int MOST_BYTES = 128 * 1024;

  private EchoLoop() {}

  public static void listen(ServerSocketChannel listener, Selector selector) throws IOException {
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
  }

  private static final class Client {
    final Queue<ByteBuffer> queue = new ArrayDeque<>();
    boolean saidAll;
  }

  public static void turn(Selector selector) throws IOException {
    selector.select();
    for (var key : selector.selectedKeys()) {
      if (key.isAcceptable()) accept(key);
      else serve(key, (SocketChannel) key.channel(), (Client) key.attachment());
    }
    selector.selectedKeys().clear();
  }

  private static void accept(SelectionKey key) throws IOException {
    var channel = ((ServerSocketChannel) key.channel()).accept();
    channel.configureBlocking(false);
    channel.register(key.selector(), SelectionKey.OP_READ, new Client());
  }

  private static void serve(SelectionKey key, SocketChannel channel, Client client)
      throws IOException {
    try {
      if (key.isReadable()) {
        var bytes = ByteBuffer.allocate(MOST_BYTES);
        if (channel.read(bytes) < 0) client.saidAll = true;
        else client.queue.add(bytes.flip());
      }
      while (!client.queue.isEmpty()) {
        channel.write(client.queue.peek());
        if (client.queue.peek().hasRemaining()) break;
        client.queue.remove();
      }
      int interest = client.saidAll ? 0 : SelectionKey.OP_READ;
      if (!client.queue.isEmpty()) interest |= SelectionKey.OP_WRITE;
      if (interest == 0) channel.close();
      else key.interestOps(interest);
    } catch (IOException lost) {
      channel.close();
    }
  }
}
