// Believes: below the mark where it was stopped, the source may go on.
// Rejected by: OutboundQueueTest "resumes it at the low-water mark, once"
package ch15;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Queue;

public final class OutboundQueue {
  public interface Source {
    void pause();

    void resume();
  }

  private final Queue<ByteBuffer> queue = new ArrayDeque<>();
  private final int mark;
  private final int limit;
  private final Source source;
  private int waiting;

  public OutboundQueue(int lowWater, int highWater, int limit, Source source) {
    this.mark = highWater;
    this.limit = limit;
    this.source = source;
  }

  public void add(ByteBuffer message) throws Full {
    if (message.remaining() > limit - waiting) throw new Full(waiting, limit);
    boolean wasBelow = waiting < mark;
    waiting += message.remaining();
    queue.add(ByteBuffer.allocate(message.remaining()).put(message).flip());
    if (wasBelow && waiting >= mark) source.pause();
  }

  public void drainTo(WritableByteChannel channel) throws IOException {
    boolean wasAbove = waiting >= mark;
    while (!queue.isEmpty()) {
      waiting -= channel.write(queue.peek());
      if (queue.peek().hasRemaining()) break;
      queue.remove();
    }
    if (wasAbove && waiting < mark) source.resume();
  }

  public int waiting() {
    return waiting;
  }

  public boolean wantsWrite() {
    return waiting > 0;
  }

  public static final class Full extends IOException {
    private static final long serialVersionUID = 1;

    public Full(int waiting, int limit) {
      super(waiting + " of " + limit + " bytes wait already");
    }
  }
}
