// Believes: whoever adds to a full queue should wait until there is room.
// Rejected by: OutboundQueueTest "takes nothing beyond its limit, and says so"
package ch15;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

public final class OutboundQueue {
  public interface Source {
    void pause();

    void resume();
  }

  private final LinkedBlockingQueue<ByteBuffer> queue = new LinkedBlockingQueue<>();
  private final Semaphore room;
  private final int limit;
  private final int low;
  private final int high;
  private final Source source;
  private boolean paused;

  public OutboundQueue(int lowWater, int highWater, int limit, Source source) {
    this.room = new Semaphore(limit);
    this.limit = limit;
    this.low = lowWater;
    this.high = highWater;
    this.source = source;
  }

  public void add(ByteBuffer message) throws Full {
    room.acquireUninterruptibly(message.remaining());
    var copy = new byte[message.remaining()];
    message.get(copy);
    queue.add(ByteBuffer.wrap(copy));
    if (waiting() >= high && !paused) {
      paused = true;
      source.pause();
    }
  }

  public void drainTo(WritableByteChannel channel) throws IOException {
    for (var next = queue.peek(); next != null; next = queue.peek()) {
      room.release(channel.write(next));
      if (next.hasRemaining()) break;
      queue.remove();
    }
    if (paused && waiting() <= low) {
      paused = false;
      source.resume();
    }
  }

  public int waiting() {
    return limit - room.availablePermits();
  }

  public boolean wantsWrite() {
    return waiting() > 0;
  }

  public static final class Full extends IOException {
    private static final long serialVersionUID = 1;

    public Full(int waiting, int limit) {
      super(waiting + " of " + limit + " bytes wait already");
    }
  }
}
