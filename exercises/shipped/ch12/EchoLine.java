package ch12;

import java.nio.channels.ByteChannel;

/**
 * Exercise 12.1: four answers of read, and a write that keeps its place.
 *
 * <p>The library has forty branches, and each has a line to the main house. To test its line a
 * branch says something, and the main house says it again. One thread does that for all of them: it
 * visits one line after the other, round and round, and no visit may keep it.
 *
 * <pre>
 *   the branch says     Good morning          a visit reads what has come
 *   the line takes      Good m                the same visit writes, and 6 bytes are taken
 *   the line takes                            the next visit writes, and none are
 *   the line takes      orning                and the next: all of it is back
 * </pre>
 *
 * <p>The channel is in non-blocking mode. Its {@code read} and its {@code write} do what they can
 * do at once, and return ({@link java.nio.channels.SocketChannel}, man 2 read: {@code EAGAIN}).
 */
public final class EchoLine {
  /** No more than this is ever kept of what a branch has said and does not have back. */
  public static final int BUFFER_BYTES = 1024;

  /** What became of a visit. */
  public enum Visit {
    /** Not a byte was read or written; the line is open. */
    IDLE,
    /** Bytes were read, or written, or both; the line is open. */
    MOVED,
    /** The branch has said all, and has all of it back. The channel is closed. */
    OVER,
    /** The connection is lost, whatever was still to be written. The channel is closed. */
    LOST
  }

  private final ByteChannel line;

  /**
   * @param line to one branch, in non-blocking mode; the visits close it
   */
  public EchoLine(ByteChannel line) {
    this.line = line;
  }

  /**
   * Reads at most once, then writes at most once, and returns. It never waits: what cannot be done
   * now is for the next visit.
   *
   * <p>The bytes go back as they came, in their order, none twice. A branch that ends its stream
   * still gets what it is owed. Who is not ready to read is not listened to either, once {@link
   * #BUFFER_BYTES} bytes wait for it. That a connection is lost is a result and no exception: the
   * caller has 39 other lines. After OVER or LOST nobody visits this line again.
   */
  public Visit visit() {
    // TODO: read, if there is room; write, if something is owed; close, if it is over.
    throw new UnsupportedOperationException("TODO: exercise 12.1");
  }
}
