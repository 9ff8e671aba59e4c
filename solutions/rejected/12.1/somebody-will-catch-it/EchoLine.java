// Believes: an exception is for the caller.
// Rejected by: EchoLineTest "gives up a line that is lost"
package ch12;

import java.io.IOException;
import java.io.UncheckedIOException;
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
      int moved = 0;
      if (!ended) {
        int count = line.read(owed);
        if (count < 0) ended = true;
        else moved += count;
      }
      owed.flip();
      if (owed.hasRemaining()) moved += line.write(owed);
      owed.compact();
      if (ended && owed.position() == 0) {
        line.close();
        return Visit.OVER;
      }
      return moved > 0 ? Visit.MOVED : Visit.IDLE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
