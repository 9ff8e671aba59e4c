// Believes: a write takes all that it is given.
// Rejected by: EchoLineTest "keeps its place when a write takes a part"
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

  public EchoLine(ByteChannel line) {
    this.line = line;
  }

  public Visit visit() {
    try {
      var buffer = ByteBuffer.allocate(BUFFER_BYTES);
      switch (line.read(buffer)) {
        case -1 -> {
          line.close();
          return Visit.OVER;
        }
        case 0 -> {
          return Visit.IDLE;
        }
        default -> {
          line.write(buffer.flip());
          return Visit.MOVED;
        }
      }
    } catch (IOException lost) {
      try {
        line.close();
      } catch (IOException twice) {
        lost.addSuppressed(twice);
      }
      return Visit.LOST;
    }
  }
}
