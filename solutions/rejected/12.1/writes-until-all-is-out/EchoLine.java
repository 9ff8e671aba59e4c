// Believes: write has not done its work before the buffer is empty.
// Rejected by: EchoLineTest "asks once, and goes on to the next line"
package ch12;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

public final class EchoLine {
  public static final int BUFFER_BYTES = 1024;

  public enum Visit {
    IDLE,
    MOVED,
    OVER,
    LOST
  }

  private final ByteChannel line;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

  public EchoLine(ByteChannel line) {
    this.line = line;
  }

  public Visit visit() {
    try {
      buffer.clear();
      int count = line.read(buffer);
      if (count < 0) {
        line.close();
        return Visit.OVER;
      }
      buffer.flip();
      while (buffer.hasRemaining()) {
        line.write(buffer);
      }
      return count == 0 ? Visit.IDLE : Visit.MOVED;
    } catch (IOException lost) {
      close();
      return Visit.LOST;
    }
  }

  private void close() {
    try {
      line.close();
    } catch (IOException ignored) {
      // nothing to be done
    }
  }
}
