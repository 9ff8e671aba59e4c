// Believes: -1 says that nobody is there any more.
// Rejected by: EchoLineTest "pays what it owes before it closes"
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
      int read = line.read(owed);
      if (read < 0) {
        line.close();
        return Visit.OVER;
      }
      owed.flip();
      int written = owed.hasRemaining() ? line.write(owed) : 0;
      owed.compact();
      return read + written > 0 ? Visit.MOVED : Visit.IDLE;
    } catch (IOException lost) {
      try {
        line.close();
      } catch (IOException closed) {
        // lost is lost
      }
      return Visit.LOST;
    }
  }
}
