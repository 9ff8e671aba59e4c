package ch12;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/** Exercise 12.1: four answers of read, and a write that keeps its place. */
public final class EchoLine {
  public static final int BUFFER_BYTES = 1024;

  /** What became of a visit. */
  public enum Visit {
    IDLE,
    MOVED,
    OVER,
    LOST
  }

  private final ByteChannel line;

  /** Between two visits it is being filled: what the branch is owed, from 0 to its position. */
  private final ByteBuffer owed = ByteBuffer.allocate(BUFFER_BYTES);

  private boolean ended;

  public EchoLine(ByteChannel line) {
    this.line = line;
  }

  public Visit visit() {
    try {
      int moved = read() + write();
      if (!ended || owed.position() > 0) return moved == 0 ? Visit.IDLE : Visit.MOVED;
      line.close();
      return Visit.OVER;
    } catch (IOException lost) {
      return abandon();
    }
  }

  private int read() throws IOException {
    if (ended || !owed.hasRemaining()) return 0; // a full buffer would answer 0 as well
    int count = line.read(owed);
    ended = count < 0;
    return Math.max(count, 0);
  }

  /** What the line does not take moves to the front, and stays. */
  private int write() throws IOException {
    if (owed.position() == 0) return 0;
    try {
      return line.write(owed.flip());
    } finally {
      owed.compact();
    }
  }

  private Visit abandon() {
    try {
      line.close();
    } catch (IOException lostAlready) {
      // That is why it is closed.
    }
    return Visit.LOST;
  }
}
