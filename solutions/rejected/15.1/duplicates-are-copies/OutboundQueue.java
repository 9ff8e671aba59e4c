// Believes: duplicate() makes a buffer of its own.
// Rejected by: OutboundQueueTest "keeps bytes of its own"
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

  private final ArrayDeque<ByteBuffer> outbound = new ArrayDeque<>();
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
    outbound.add(message.duplicate());
    waiting += message.remaining();
    if (waiting >= highWater && !paused) {
      paused = true;
      source.pause();
    }
  }

  public void drainTo(WritableByteChannel channel) throws IOException {
    while (!outbound.isEmpty()) {
      var first = outbound.getFirst();
      waiting -= channel.write(first);
      if (first.hasRemaining()) break;
      outbound.removeFirst();
    }
    if (waiting <= lowWater && paused) {
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
