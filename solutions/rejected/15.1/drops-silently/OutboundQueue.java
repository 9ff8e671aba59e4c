// Believes: a message that does not fit can be left out; the next one will come.
// Rejected by: OutboundQueueTest "takes nothing beyond its limit, and says so"
package ch15;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

public final class OutboundQueue {
  public interface Source {
    void pause();

    void resume();
  }

  private final byte[] ring;
  private final int low;
  private final int high;
  private final Source source;
  private int head;
  private int size;
  private boolean stopped;

  public OutboundQueue(int lowWater, int highWater, int limit, Source source) {
    this.ring = new byte[limit];
    this.low = lowWater;
    this.high = highWater;
    this.source = source;
  }

  public void add(ByteBuffer message) throws Full {
    if (size + message.remaining() > ring.length) return;
    while (message.hasRemaining()) {
      ring[(head + size) % ring.length] = message.get();
      size++;
    }
    if (size >= high && !stopped) {
      stopped = true;
      source.pause();
    }
  }

  public void drainTo(WritableByteChannel channel) throws IOException {
    while (size > 0) {
      int run = Math.min(size, ring.length - head);
      int written = channel.write(ByteBuffer.wrap(ring, head, run));
      head = (head + written) % ring.length;
      size -= written;
      if (written < run) break;
    }
    if (stopped && size <= low) {
      stopped = false;
      source.resume();
    }
  }

  public int waiting() {
    return size;
  }

  public boolean wantsWrite() {
    return size > 0;
  }

  public static final class Full extends IOException {
    private static final long serialVersionUID = 1;

    public Full(int waiting, int limit) {
      super(waiting + " of " + limit + " bytes wait already");
    }
  }
}
