// Believes: after a write the buffer is free.
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
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private boolean ended;

  public EchoLine(ByteChannel line) {
    this.line = line;
  }

  public Visit visit() {
    try {
      int read = ended ? 0 : line.read(buffer);
      if (read < 0) ended = true;
      int written = 0;
      if (buffer.position() > 0) {
        buffer.flip();
        written = line.write(buffer);
        if (written > 0) buffer.clear();
        else buffer.compact();
      }
      if (ended && buffer.position() == 0) {
        line.close();
        return Visit.OVER;
      }
      return read > 0 || written > 0 ? Visit.MOVED : Visit.IDLE;
    } catch (IOException lost) {
      try {
        line.close();
      } catch (IOException e) {
        // was lost before
      }
      return Visit.LOST;
    }
  }
}
