// Believes: a connection that is lost is closed by itself.
// Rejected by: EchoLineTest "gives up a line that is lost"
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
  private final byte[] kept = new byte[BUFFER_BYTES];
  private int length;
  private boolean ended;

  public EchoLine(ByteChannel line) {
    this.line = line;
  }

  public Visit visit() {
    int before = length;
    int written = 0;
    try {
      if (!ended && length < kept.length) {
        int count = line.read(ByteBuffer.wrap(kept, length, kept.length - length));
        if (count == -1) ended = true;
        else length += count;
      }
      int read = length - before;
      if (length > 0) {
        written = line.write(ByteBuffer.wrap(kept, 0, length));
        System.arraycopy(kept, written, kept, 0, length - written);
        length -= written;
      }
      if (ended && length == 0) {
        line.close();
        return Visit.OVER;
      }
      return read == 0 && written == 0 ? Visit.IDLE : Visit.MOVED;
    } catch (IOException lost) {
      return Visit.LOST;
    }
  }
}
