// Believes: the newest message matters most, so the oldest makes room for it.
// Rejected by: OutboundQueueTest "takes nothing beyond its limit, and says so"
package ch15;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.LinkedList;

public final class OutboundQueue {
  public interface Source {
    void pause();

    void resume();
  }

  private final LinkedList<byte[]> messages = new LinkedList<>();
  private final int lowWater;
  private final int highWater;
  private final int limit;
  private final Source source;
  private int sentOfFirst;
  private boolean paused;

  public OutboundQueue(int lowWater, int highWater, int limit, Source source) {
    this.lowWater = lowWater;
    this.highWater = highWater;
    this.limit = limit;
    this.source = source;
  }

  public void add(ByteBuffer message) throws Full {
    var bytes = new byte[message.remaining()];
    message.get(bytes);
    messages.add(bytes);
    while (waiting() > limit) {
      messages.removeFirst();
      sentOfFirst = 0;
    }
    if (waiting() >= highWater && !paused) {
      paused = true;
      source.pause();
    }
  }

  public void drainTo(WritableByteChannel channel) throws IOException {
    while (!messages.isEmpty()) {
      var first = messages.getFirst();
      sentOfFirst += channel.write(ByteBuffer.wrap(first, sentOfFirst, first.length - sentOfFirst));
      if (sentOfFirst < first.length) break;
      messages.removeFirst();
      sentOfFirst = 0;
    }
    if (waiting() <= lowWater && paused) {
      paused = false;
      source.resume();
    }
  }

  public int waiting() {
    return messages.stream().mapToInt(message -> message.length).sum() - sentOfFirst;
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
