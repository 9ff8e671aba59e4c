// Believes: a queue is drained when it is empty.
// Rejected by: OutboundQueueTest "keeps its place when a write takes a part"
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
  private final int lowWater;
  private final int highWater;
  private final int limit;
  private final Source source;
  private int waiting;
  private boolean paused;

  public OutboundQueue(int lowWater, int highWater, int limit, Source source) {
    this.lowWater = lowWater;
    this.highWater = highWater;
    this.limit = limit;
    this.source = source;
  }

  public void add(ByteBuffer message) throws Full {
    if (waiting + message.remaining() > limit) throw new Full(waiting, limit);
    waiting += message.remaining();
    queue.add(ByteBuffer.allocate(message.remaining()).put(message).flip());
    pauseOrResume();
  }

  public void drainTo(WritableByteChannel channel) throws IOException {
    while (!queue.isEmpty()) {
      var message = queue.remove();
      while (message.hasRemaining()) waiting -= channel.write(message);
    }
    pauseOrResume();
  }

  private void pauseOrResume() {
    if (!paused && waiting >= highWater) {
      paused = true;
      source.pause();
    } else if (paused && waiting <= lowWater) {
      paused = false;
      source.resume();
    }
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
