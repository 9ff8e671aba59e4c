// Believes: a write that has not taken all has to be repeated.
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
  private final ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES);
  private byte[] pending = new byte[0];
  private boolean ended;

  public EchoLine(ByteChannel line) {
    this.line = line;
  }

  public Visit visit() {
    try {
      boolean moved = false;
      if (pending.length == 0 && !ended) {
        int count = line.read(in.clear());
        ended = count < 0;
        if (count > 0) {
          pending = new byte[count];
          in.flip().get(pending);
          moved = true;
        }
      }
      if (pending.length > 0) {
        int count = line.write(ByteBuffer.wrap(pending));
        if (count == pending.length) pending = new byte[0];
        if (count > 0) moved = true;
      }
      if (ended && pending.length == 0) {
        line.close();
        return Visit.OVER;
      }
      return moved ? Visit.MOVED : Visit.IDLE;
    } catch (IOException e) {
      try {
        line.close();
      } catch (IOException e2) {
        // both ends know
      }
      return Visit.LOST;
    }
  }
}
