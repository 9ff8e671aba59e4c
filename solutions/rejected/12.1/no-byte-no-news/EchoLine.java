// Believes: only a read that brings bytes has anything to say.
// Rejected by: EchoLineTest "takes -1 for the end"
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
  private final ByteBuffer owed = ByteBuffer.allocate(BUFFER_BYTES);

  public EchoLine(ByteChannel line) {
    this.line = line;
  }

  public Visit visit() {
    try {
      boolean moved = false;
      if (line.read(owed) > 0) moved = true;
      if (owed.position() > 0) {
        owed.flip();
        if (line.write(owed) > 0) moved = true;
        owed.compact();
      }
      return moved ? Visit.MOVED : Visit.IDLE;
    } catch (IOException lost) {
      try {
        line.close();
      } catch (IOException ignored) {
        // cannot be closed any better
      }
      return Visit.LOST;
    }
  }
}
