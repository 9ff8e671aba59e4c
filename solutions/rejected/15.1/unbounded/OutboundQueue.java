// Believes: memory is large enough for whatever a slow reader leaves.
// Rejected by: OutboundQueueTest "takes nothing beyond its limit, and says so"
package ch15;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;

public final class OutboundQueue {
  public interface Source {
    void pause();

    void resume();
  }

  private final Deque<ByteBuffer> pending = new ArrayDeque<>();
  private final int low;
  private final int high;
  private final Source source;
  private int bytes;
  private boolean paused;

  public OutboundQueue(int lowWater, int highWater, int limit, Source source) {
    low = lowWater;
    high = highWater;
    this.source = source;
  }

  public void add(ByteBuffer message) throws Full {
    var copy = ByteBuffer.allocate(message.remaining());
    copy.put(message).flip();
    pending.addLast(copy);
    bytes += copy.remaining();
    if (bytes >= high && !paused) {
      paused = true;
      source.pause();
    }
  }

  public void drainTo(WritableByteChannel channel) throws IOException {
    while (!pending.isEmpty()) {
      bytes -= channel.write(pending.getFirst());
      if (pending.getFirst().hasRemaining()) break;
      pending.removeFirst();
    }
    if (bytes <= low && paused) {
      paused = false;
      source.resume();
    }
  }

  public int waiting() {
    return bytes;
  }

  public boolean wantsWrite() {
    return !pending.isEmpty() && bytes > 0;
  }

  public static final class Full extends IOException {
    private static final long serialVersionUID = 1;

    public Full(int waiting, int limit) {
      super(waiting + " of " + limit + " bytes wait already");
    }
  }
}
