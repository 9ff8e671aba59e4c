// Believes: 0 bytes is a passing trouble: try again, a few times.
// Rejected by: OutboundQueueTest "returns when the channel takes no more"
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

  private static final int TRIES = 3;

  private final List<ByteBuffer> messages = new ArrayList<>();
  private final int lowWater;
  private final int highWater;
  private final int limit;
  private final Source source;
  private boolean paused;

  public OutboundQueue(int lowWater, int highWater, int limit, Source source) {
    this.lowWater = lowWater;
    this.highWater = highWater;
    this.limit = limit;
    this.source = source;
  }

  public void add(ByteBuffer message) throws Full {
    if (waiting() + message.remaining() > limit) throw new Full(waiting(), limit);
    messages.add(ByteBuffer.allocate(message.remaining()).put(message).flip());
    if (waiting() >= highWater && !paused) {
      paused = true;
      source.pause();
    }
  }

  public void drainTo(WritableByteChannel channel) throws IOException {
    for (int tries = 0; tries < TRIES && waiting() > 0; ) {
      int written = channel.write(messages.getFirst());
      tries = written == 0 ? tries + 1 : 0;
      messages.removeIf(message -> !message.hasRemaining());
    }
    if (paused && waiting() <= lowWater) {
      paused = false;
      source.resume();
    }
  }

  public int waiting() {
    int sum = 0;
    for (var message : messages) sum += message.remaining();
    return sum;
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
