package ch14;

import java.util.List;

/**
 * Exercise 14.1: a readiness registry.
 *
 * <p>The library wants to test its event loops without sockets. For that it needs what lies under a
 * selector, as a model: who is watched, who has something to read, and who is told so when. The
 * model behaves as epoll(7) of Linux does. It opens nothing and waits for nothing.
 *
 * <pre>
 *                        LEVEL     EDGE
 *   8 bytes arrive       [desk]    [desk]     await tells of it
 *   nothing happens      [desk]    []         asked again
 *   4 bytes are read     [desk]    []         4 bytes are still there
 *   1 byte arrives       [desk]    [desk]     that is news, though bytes were there before
 *   5 bytes are read     []        []
 * </pre>
 *
 * <p>A descriptor is a small number. The kernel gives the smallest that is free, so the number of a
 * connection that was closed is soon another connection's. What concerns a descriptor comes in
 * through the methods below; there is no other time than the order of the calls, and one thread.
 */
public final class Registry {
  /** When a descriptor that can be read is told of. */
  public enum Trigger {
    /** Every time, as long as it can be read. */
    LEVEL,
    /** Once for what has happened since it was last told of, if it can still be read then. */
    EDGE
  }

  /** Bytes have come for it, one or more. It may not be watched yet, or not any more. */
  public void arrived(int fd, int bytes) {
    // TODO
    throw new UnsupportedOperationException("TODO: exercise 14.1");
  }

  /** Its peer has said all: FIN. From now on it can be read for ever. A read says so with −1. */
  public void ended(int fd) {
    // TODO
    throw new UnsupportedOperationException("TODO: exercise 14.1");
  }

  /**
   * Reads from it without waiting, as SocketChannel.read does.
   *
   * @param most the room in the buffer, in bytes; at least 1
   * @return how many bytes were read; 0 if there are none now, −1 if there will be none any more
   */
  public int read(int fd, int most) {
    // TODO
    throw new UnsupportedOperationException("TODO: exercise 14.1");
  }

  /**
   * Begins to watch a descriptor. If it can be read already, that is news.
   *
   * @param who what await tells of it. It stands for the connection, as the number alone does not
   * @throws IllegalStateException if it is watched already (EEXIST)
   */
  public void watch(int fd, String who, Trigger trigger) {
    // TODO
    throw new UnsupportedOperationException("TODO: exercise 14.1");
  }

  /** Watches it no more. What it has to read stays there, and a later watch tells of it. */
  public void forget(int fd) {
    // TODO
    throw new UnsupportedOperationException("TODO: exercise 14.1");
  }

  /** It is closed: it is watched no more, and what was unread is gone. The number is free. */
  public void close(int fd) {
    // TODO
    throw new UnsupportedOperationException("TODO: exercise 14.1");
  }

  /**
   * Tells who can be read, in a line: whose news came first stands first. Who is told of under
   * LEVEL and can still be read goes to the end of the line, so that all have their turn when there
   * are more than {@code most} (epoll_wait(2), "Notes").
   *
   * @param most no more than so many; at least 1. The others keep their place
   * @return a list of the caller's own. It stays as it is, whatever is called while he goes through
   *     it
   */
  public List<String> await(int most) {
    // TODO
    throw new UnsupportedOperationException("TODO: exercise 14.1");
  }
}
