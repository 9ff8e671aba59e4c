// Believes: to stop in time is what matters; the rest takes care of itself.
// Rejected by: OutboundQueueTest "resumes it at the low-water mark, once"
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
  private final int highWater;
  private final int limit;
  private final Source source;
  private int waiting;
  private boolean paused;

  public OutboundQueue(int lowWater, int highWater, int limit, Source source) {
    this.highWater = highWater;
    this.limit = limit;
    this.source = source;
  }

  public void add(ByteBuffer message) throws Full {
    if (waiting + message.remaining() > limit) throw new Full(waiting, limit);
    var copy = ByteBuffer.allocate(message.remaining()).put(message).flip();
    queue.offer(copy);
    waiting += copy.remaining();
    if (paused) return;
    paused = waiting >= highWater;
    if (paused) source.pause();
  }

  public void drainTo(WritableByteChannel channel) throws IOException {
    while (waiting > 0) {
      int written = channel.write(queue.peek());
      waiting -= written;
      if (!queue.peek().hasRemaining()) queue.poll();
      else if (written == 0) return;
    }
  }

  public int waiting() {
    return waiting;
  }

  public boolean wantsWrite() {
    return waiting != 0;
  }

  public static final class Full extends IOException {
    private static final long serialVersionUID = 1;

    public Full(int waiting, int limit) {
      super(waiting + " of " + limit + " bytes wait already");
    }
  }
}
