package wire;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/** What the tap asks of its sockets. A Unix socket knows neither, and does without. */
final class Sockets {
  private Sockets() {}

  /** Without waiting for the acknowledgement of what was sent before (Nagle). */
  static void sendAtOnce(SocketChannel socket) throws IOException {
    if (socket.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
  }

  /**
   * Closes it so that the peer sees a reset. A Unix socket's peer sees one only if it had sent
   * bytes that nobody read; else it sees the end.
   */
  static void reset(SocketChannel socket) {
    try (socket) {
      if (socket.supportedOptions().contains(StandardSocketOptions.SO_LINGER)) {
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException closed) {
      // It is closed already, or its peer has reset it: nothing is left to reset.
    }
  }
}
