// Believes: who may read and write at any time asks for both.
// Rejected by: EchoLoopTest "sleeps when there is nothing to do"
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

  private static final class State {
    final ByteBuffer owed = ByteBuffer.allocate(MOST_BYTES);
    boolean ended;
  }

  public static void turn(Selector selector) throws IOException {
    selector.select(key -> {
      try {
        if (key.isAcceptable()) {
          var client = ((ServerSocketChannel) key.channel()).accept();
          client.configureBlocking(false);
          client.register(selector, SelectionKey.OP_READ | SelectionKey.OP_WRITE, new State());
          return;
        }
        var client = (SocketChannel) key.channel();
        var state = (State) key.attachment();
        if (key.isReadable() && client.read(state.owed) < 0) state.ended = true;
        if (key.isWritable()) {
          state.owed.flip();
          client.write(state.owed);
          state.owed.compact();
        }
        if (state.ended && state.owed.position() == 0) client.close();
      } catch (IOException lost) {
        close(key);
      }
    });
  }

  private static void close(SelectionKey key) {
    try {
      key.channel().close();
    } catch (IOException alreadyLost) {
      // That is what it is to be.
    }
  }
}
