package ch15;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Queue;

/** Exercise 15.1: an outbound queue with watermarks. */
public final class OutboundQueue {

  /** Where the bytes come from. */
  public interface Source {
    void pause();

    void resume();
  }

  private final Queue<ByteBuffer> messages = new ArrayDeque<>(); // each being drained
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
    int size = message.remaining();
    if (size > limit - waiting) throw new Full(waiting, limit);
    messages.add(ByteBuffer.allocate(size).put(message).flip());
    waiting += size;
    if (!paused && waiting >= highWater) {
      paused = true; // before the source hears of it: it may add
      source.pause();
    }
  }

  public void drainTo(WritableByteChannel channel) throws IOException {
    while (!messages.isEmpty()) {
      var first = messages.element();
      waiting -= channel.write(first);
      if (first.hasRemaining()) break;
      messages.remove();
    }
    if (paused && waiting <= lowWater) {
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

  /** A message did not fit. */
  public static final class Full extends IOException {
    private static final long serialVersionUID = 1;

    public Full(int waiting, int limit) {
      super(waiting + " of " + limit + " bytes wait already");
    }
  }
}
