package ch13;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Says and hears what can be said and heard without waiting. */
final class Client implements AutoCloseable {
  /** More than a packet of loopback, or the kernels wait for each other's timers. */
  private static final int IN_BYTES = 128 * 1024;

  private static final int OUT_BYTES = 256 * 1024;

  private final SocketChannel channel = SocketChannel.open();
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private final ByteBuffer in = ByteBuffer.allocate(IN_BYTES);
  private boolean heardEnd;

  Client(SocketAddress server) throws IOException {
    channel.setOption(StandardSocketOptions.SO_RCVBUF, IN_BYTES);
    channel.setOption(StandardSocketOptions.SO_SNDBUF, OUT_BYTES);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.connect(server);
    channel.configureBlocking(false);
  }

  /** How many of them the kernel takes. */
  int say(ByteBuffer bytes) throws IOException {
    return channel.write(bytes);
  }

  /** A few bytes, for which there is room. */
  void say(byte... bytes) throws IOException {
    channel.write(ByteBuffer.wrap(bytes));
  }

  void sayEnd() throws IOException {
    channel.shutdownOutput();
  }

  /** All that has come so far. A reset counts as an end. */
  byte[] heard() {
    try {
      for (int count; !heardEnd && (count = channel.read(in.clear())) != 0; ) {
        if (count < 0) heardEnd = true;
        else heard.write(in.array(), 0, count);
      }
    } catch (IOException lost) {
      heardEnd = true;
    }
    return heard.toByteArray();
  }

  int heardCount() {
    heard();
    return heard.size();
  }

  boolean heardEnd() {
    heard();
    return heardEnd;
  }

  void reset() throws IOException {
    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    channel.close();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
