// Believes: what a branch says is text.
// Rejected by: EchoLineTest "says again what comes over a real connection"
package ch12;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;

public final class EchoLine {
  public static final int BUFFER_BYTES = 1024;

  public enum Visit {
    IDLE,
    MOVED,
    OVER,
    LOST
  }

  private final ByteChannel line;
  private String owed = "";
  private boolean ended;

  public EchoLine(ByteChannel line) {
    this.line = line;
  }

  public Visit visit() {
    try {
      boolean moved = false;
      if (!ended && owed.isEmpty()) {
        var in = ByteBuffer.allocate(BUFFER_BYTES);
        int count = line.read(in);
        if (count == -1) ended = true;
        if (count > 0) {
          owed = StandardCharsets.UTF_8.decode(in.flip()).toString();
          moved = true;
        }
      }
      if (!owed.isEmpty()) {
        var out = StandardCharsets.UTF_8.encode(owed);
        if (line.write(out) > 0) moved = true;
        owed = StandardCharsets.UTF_8.decode(out).toString();
      }
      if (ended && owed.isEmpty()) {
        line.close();
        return Visit.OVER;
      }
      return moved ? Visit.MOVED : Visit.IDLE;
    } catch (IOException e) {
      try {
        line.close();
      } catch (IOException e2) {
        // lost anyway
      }
      return Visit.LOST;
    }
  }
}
