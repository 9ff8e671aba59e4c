// Believes: everything that has come has to be read in the same visit.
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
  private final ByteBuffer owed = ByteBuffer.allocate(BUFFER_BYTES);
  private boolean over;

  public EchoLine(ByteChannel line) {
    this.line = line;
  }

  public Visit visit() {
    int moved = 0;
    try {
      while (!over) {
        int n = line.read(owed);
        if (n < 0) over = true;
        if (n == 0) break;
        if (n > 0) moved += n;
      }
      if (owed.flip().hasRemaining()) moved += line.write(owed);
      owed.compact();
      if (over && owed.position() == 0) {
        line.close();
        return Visit.OVER;
      }
    } catch (IOException e) {
      quietlyClose();
      return Visit.LOST;
    }
    return moved > 0 ? Visit.MOVED : Visit.IDLE;
  }

  private void quietlyClose() {
    try {
      line.close();
    } catch (IOException e) {
      // It is lost.
    }
  }
}
