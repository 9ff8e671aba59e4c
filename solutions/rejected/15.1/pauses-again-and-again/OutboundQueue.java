// Believes: a pause too many does no harm.
// Rejected by: OutboundQueueTest "pauses the source at the high-water mark, once"
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
  private final int lowWater;
  private final int highWater;
  private final int limit;
  private final Source source;
  private int waiting;

  public OutboundQueue(int lowWater, int highWater, int limit, Source source) {
    this.lowWater = lowWater;
    this.highWater = highWater;
    this.limit = limit;
    this.source = source;
  }

  public void add(ByteBuffer message) throws Full {
    if (message.remaining() + waiting > limit) throw new Full(waiting, limit);
    waiting += message.remaining();
    queue.add(ByteBuffer.allocate(message.remaining()).put(message).flip());
    if (waiting >= highWater) source.pause();
  }

  public void drainTo(WritableByteChannel channel) throws IOException {
    while (!queue.isEmpty()) {
      waiting -= channel.write(queue.peek());
      if (queue.peek().hasRemaining()) break;
      queue.remove();
    }
    if (waiting <= lowWater) source.resume();
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
