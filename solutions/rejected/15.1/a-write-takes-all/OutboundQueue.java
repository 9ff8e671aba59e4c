// Believes: write() writes what it is given.
// Rejected by: OutboundQueueTest "keeps its place when a write takes a part"
package ch15;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;

public final class OutboundQueue {
  public interface Source {
    void pause();

    void resume();
  }

  private final List<ByteBuffer> messages = new ArrayList<>();
  private final int low, high, limit;
  private final Source source;
  private int total = 0;
  private boolean isPaused = false;

  public OutboundQueue(int lowWater, int highWater, int limit, Source source) {
    this.low = lowWater;
    this.high = highWater;
    this.limit = limit;
    this.source = source;
  }

  public void add(ByteBuffer message) throws Full {
    int length = message.remaining();
    if (total + length > limit) {
      throw new Full(total, limit);
    }
    byte[] bytes = new byte[length];
    message.get(bytes);
    messages.add(ByteBuffer.wrap(bytes));
    total += length;
    if (!isPaused && total >= high) {
      isPaused = true;
      source.pause();
    }
  }

  public void drainTo(WritableByteChannel channel) throws IOException {
    for (ByteBuffer message : messages) {
      channel.write(message);
    }
    messages.clear();
    total = 0;
    if (isPaused) {
      isPaused = false;
      source.resume();
    }
  }

  public int waiting() {
    return total;
  }

  public boolean wantsWrite() {
    return total > 0;
  }

  public static final class Full extends IOException {
    private static final long serialVersionUID = 1;

    public Full(int waiting, int limit) {
      super(waiting + " of " + limit + " bytes wait already");
    }
  }
}
