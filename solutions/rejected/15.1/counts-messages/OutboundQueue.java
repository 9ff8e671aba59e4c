// Believes: a queue of so many messages is a bound.
// Rejected by: OutboundQueueTest "sends what was added, in order"
package ch15;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.ArrayBlockingQueue;

public final class OutboundQueue {
  public interface Source {
    void pause();

    void resume();
  }

  private final ArrayBlockingQueue<ByteBuffer> queue;
  private final int low;
  private final int high;
  private final Source source;
  private boolean paused;

  public OutboundQueue(int lowWater, int highWater, int limit, Source source) {
    this.queue = new ArrayBlockingQueue<>(limit);
    this.low = lowWater;
    this.high = highWater;
    this.source = source;
  }

  public void add(ByteBuffer message) throws Full {
    var copy = ByteBuffer.allocate(message.remaining()).put(message).flip();
    if (!queue.offer(copy)) throw new Full(queue.size(), queue.size());
    if (queue.size() >= high && !paused) {
      paused = true;
      source.pause();
    }
  }

  public void drainTo(WritableByteChannel channel) throws IOException {
    while (!queue.isEmpty()) {
      channel.write(queue.peek());
      if (queue.peek().hasRemaining()) break;
      queue.remove();
    }
    if (queue.size() <= low && paused) {
      paused = false;
      source.resume();
    }
  }

  public int waiting() {
    return queue.size();
  }

  public boolean wantsWrite() {
    return !queue.isEmpty();
  }

  public static final class Full extends IOException {
    private static final long serialVersionUID = 1;

    public Full(int waiting, int limit) {
      super(waiting + " of " + limit + " bytes wait already");
    }
  }
}
