// Believes: what cannot be written now can wait in a queue.
// Rejected by: EchoLineTest "keeps no more than 1024 bytes of a branch"
package ch12;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.ArrayDeque;
import java.util.Queue;

public final class EchoLine {
  public static final int BUFFER_BYTES = 1024;

  public enum Visit {
    IDLE,
    MOVED,
    OVER,
    LOST
  }

  private final ByteChannel line;
  private final Queue<ByteBuffer> queue = new ArrayDeque<>();
  private boolean ended;

  public EchoLine(ByteChannel line) {
    this.line = line;
  }

  public Visit visit() {
    try {
      boolean moved = false;
      if (!ended) {
        var buffer = ByteBuffer.allocate(BUFFER_BYTES);
        int count = line.read(buffer);
        if (count < 0) {
          ended = true;
        } else if (count > 0) {
          queue.add(buffer.flip());
          moved = true;
        }
      }
      var first = queue.peek();
      if (first != null) {
        moved |= line.write(first) > 0;
        if (!first.hasRemaining()) queue.remove();
      }
      if (ended && queue.isEmpty()) {
        line.close();
        return Visit.OVER;
      }
      return moved ? Visit.MOVED : Visit.IDLE;
    } catch (IOException lost) {
      queue.clear();
      try {
        line.close();
      } catch (IOException notEvenThat) {
        // It is no use.
      }
      return Visit.LOST;
    }
  }
}
