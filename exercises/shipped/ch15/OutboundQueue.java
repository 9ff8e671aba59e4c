package ch15;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Exercise 15.1: an outbound queue with watermarks.
 *
 * <p>The library's news go to all its branches. One loop serves them: what the head office sends is
 * read there and put into a queue for each branch, and the queue is drained when the branch's
 * channel can take something. Some branches have a slow line.
 *
 * <pre>
 *  reading ──▶ add ──▶ ┌──────────────────────────────────┐ ──▶ drainTo ──▶ channel
 *                      └──────────────────────────────────┘
 *             0      low water      high water          limit
 *                        │              └ from here on nothing more is read
 *                        └ down here it is read again      └ beyond it nothing is taken
 * </pre>
 *
 * <p>All marks are in bytes, and 0 &le; low water &lt; high water &le; limit. One thread calls: the
 * loop's. It must never be kept waiting, neither by a channel nor by a queue that is full.
 */
public final class OutboundQueue {

  /** Where the bytes come from. Each method is quick, and may call {@link #add} before it ends. */
  public interface Source {
    /** Nothing more is to be read for now. */
    void pause();

    /** Reading goes on. */
    void resume();
  }

  /**
   * An empty queue, whose source is being read.
   *
   * @param lowWater bytes: when no more than these wait, a source that was paused is resumed, once
   * @param highWater bytes: when these or more wait, the source is paused, once
   * @param limit bytes: never do more wait
   * @param source is told when to pause and when to go on
   */
  public OutboundQueue(int lowWater, int highWater, int limit, Source source) {
    // TODO: keep what you need.
    throw new UnsupportedOperationException("TODO: exercise 15.1");
  }

  /**
   * Takes a message, behind those that wait already.
   *
   * @param message from its position to its limit. Its bytes belong to the caller again after the
   *     call: the next read goes into the same buffer
   * @throws Full if the message would not fit under the limit. Then nothing of it is taken, and
   *     what waits is what waited before
   */
  public void add(ByteBuffer message) throws Full {
    // TODO: take it, or say that it does not fit. Is it time to pause?
    throw new UnsupportedOperationException("TODO: exercise 15.1");
  }

  /**
   * Writes what waits, in the order in which it was added, until the channel takes no more or
   * nothing waits.
   *
   * @param channel non-blocking: a write takes all it is offered, some of it, or 0 bytes
   * @throws IOException if the channel's write does
   */
  public void drainTo(WritableByteChannel channel) throws IOException {
    // TODO: write. What was not taken keeps its place. Is it time to resume?
    throw new UnsupportedOperationException("TODO: exercise 15.1");
  }

  /** How many bytes wait. */
  public int waiting() {
    // TODO: bytes, not messages.
    throw new UnsupportedOperationException("TODO: exercise 15.1");
  }

  /** Whether the channel's key should have OP_WRITE in its interest set. */
  public boolean wantsWrite() {
    // TODO: when is there any use in being told that the channel can take something?
    throw new UnsupportedOperationException("TODO: exercise 15.1");
  }

  /** A message did not fit. */
  public static final class Full extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * @param waiting bytes that wait
     * @param limit bytes that may wait
     */
    public Full(int waiting, int limit) {
      super(waiting + " of " + limit + " bytes wait already");
    }
  }
}
