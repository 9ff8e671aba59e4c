// Believes: read returns more than 0, or it is over.
// Rejected by: EchoLineTest "takes 0 for not yet"
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
  private boolean ended;

  public EchoLine(ByteChannel line) {
    this.line = line;
  }

  public Visit visit() {
    try {
      if (!ended && line.read(owed) <= 0) ended = true;
      owed.flip();
      if (owed.hasRemaining()) line.write(owed);
      owed.compact();
      if (!ended || owed.position() > 0) return Visit.MOVED;
      line.close();
      return Visit.OVER;
    } catch (IOException lost) {
      try {
        line.close();
      } catch (IOException closing) {
        // the same story
      }
      return Visit.LOST;
    }
  }
}
