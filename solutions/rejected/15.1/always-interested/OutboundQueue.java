// Believes: whoever writes to a channel is interested in writing.
// Rejected by: OutboundQueueTest "wants OP_WRITE while something waits, and only then"
package ch15;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;

public final class OutboundQueue {
  public interface Source {
    void pause();

    void resume();
  }

  private final ArrayDeque<ByteBuffer> queue = new ArrayDeque<>();
  private final int[] marks;
  private final Source source;
  private int waiting;
  private boolean paused;

  public OutboundQueue(int lowWater, int highWater, int limit, Source source) {
    this.marks = new int[] {lowWater, highWater, limit};
    this.source = source;
  }

  public void add(ByteBuffer message) throws Full {
    int after = waiting + message.remaining();
    if (after > marks[2]) throw new Full(waiting, marks[2]);
    queue.addLast(ByteBuffer.allocate(message.remaining()).put(message).flip());
    waiting = after;
    if (waiting >= marks[1] && !paused) {
      paused = true;
      source.pause();
    }
  }

  public void drainTo(WritableByteChannel channel) throws IOException {
    for (var it = queue.iterator(); it.hasNext(); it.remove()) {
      var message = it.next();
      waiting -= channel.write(message);
      if (message.hasRemaining()) break;
    }
    if (waiting <= marks[0] && paused) {
      paused = false;
      source.resume();
    }
  }

  public int waiting() {
    return waiting;
  }

  public boolean wantsWrite() {
    return true;
  }

  public static final class Full extends IOException {
    private static final long serialVersionUID = 1;

    public Full(int waiting, int limit) {
      super(waiting + " of " + limit + " bytes wait already");
    }
  }
}
