// Believes: a read that returns 0 is to be repeated until it brings something.
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

  public EchoLine(ByteChannel line) {
    this.line = line;
  }

  public Visit visit() {
    try {
      int count;
      do {
        count = line.read(owed);
        if (count == 0) Thread.onSpinWait();
      } while (count == 0);
      owed.flip();
      line.write(owed);
      owed.compact();
      if (count < 0 && owed.position() == 0) {
        line.close();
        return Visit.OVER;
      }
      return Visit.MOVED;
    } catch (IOException gone) {
      try {
        line.close();
      } catch (IOException again) {
        return Visit.LOST;
      }
      return Visit.LOST;
    }
  }
}
