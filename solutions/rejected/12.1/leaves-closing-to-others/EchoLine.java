// Believes: who says that it is over need not close.
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
  private boolean eof;

  public EchoLine(ByteChannel line) {
    this.line = line;
  }

  public Visit visit() {
    int in = 0;
    int out = 0;
    try {
      if (!eof) in = line.read(owed);
      if (in == -1) eof = true;
      owed.flip();
      if (owed.hasRemaining()) out = line.write(owed);
      owed.compact();
    } catch (IOException e) {
      return Visit.LOST;
    }
    if (eof && owed.position() == 0) return Visit.OVER;
    return in > 0 || out > 0 ? Visit.MOVED : Visit.IDLE;
  }
}
