package ch17;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;

/**
 * Exercise 17.1: a chat that one stalled reader can't hurt.
 *
 * <p>The library's reading group chats. Every member says lines, and everybody else hears them.
 * Some members put their telephone into a pocket: it stays connected and reads nothing. Its window
 * fills, then the send buffer of the server, and from then on a write to it waits. Nobody else may
 * notice.
 *
 * <pre>
 *   Amy says ──▶ room ──▶ Bob   hears it at once
 *                     ──▶ Carl  ▌▌▌▌▌▌ waits: at most 100 lines, then they are missed
 * </pre>
 *
 * <p>The policy for a member that does not keep up:
 *
 * <ol>
 *   <li>At most {@link #MOST_LINES} lines wait for it, besides what the kernel holds and the one
 *       that is being written.
 *   <li>When so many wait, the next line is missed by this member, and so is every line from then
 *       on, until it has taken all that waited.
 *   <li>Then it hears {@code * 7 lines missed} if it was seven, in the place of those lines, and
 *       after that whatever is said from now on.
 *   <li>It is not sent away: it may stall for as long as it likes.
 * </ol>
 *
 * <p>Lines end with LF and are passed on byte for byte, LF included.
 */
public final class ChatRoom {
  /** So many lines wait for one member, and no more. */
  public static final int MOST_LINES = 100;

  /** A longer line, its LF not counted, ends the membership of whoever says it. */
  public static final int MAX_LINE_BYTES = 2 * 1024;

  /**
   * @param threads makes every thread of the room. In the checks they are virtual
   */
  public ChatRoom(ThreadFactory threads) {
    // TODO: what a room has.
    throw new UnsupportedOperationException("TODO: exercise 17.1");
  }

  /**
   * Takes a member in and returns at once. From here on its lines are heard by all other members,
   * and theirs by it.
   *
   * <p>When it ends its stream, is lost, or says a line that is too long, it has left: its socket
   * is closed, and its threads end, whatever still waits for it. The others need not know.
   *
   * @param member belongs to the room from now on. After a shutdown it is closed at once
   */
  public void enter(Socket member) throws IOException {
    // TODO: hear it, and let it hear.
    throw new UnsupportedOperationException("TODO: exercise 17.1");
  }

  /**
   * Closes the room. What is said from now on is heard by nobody. Each member still gets all that
   * waits for it, then {@code * the room is closed}, then the end of the stream. Whoever has not
   * taken that within the patience is cut off.
   *
   * <p>When it returns every socket is closed and every thread of the room has ended. With nobody
   * stalled it returns as soon as that is so, else when the patience is over.
   *
   * @param patience for all members together
   */
  public void shutdown(Duration patience) throws InterruptedException {
    // TODO: say it, wait a little, cut off.
    throw new UnsupportedOperationException("TODO: exercise 17.1");
  }

  /**
   * The next line with its LF. For your use, as it is.
   *
   * @return null if the stream ends where a line would begin
   * @throws IOException if it ends within a line, or if the line is too long
   */
  static byte[] readLine(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = 0; next != '\n'; line.write(next)) {
      next = in.read();
      if (next < 0 && line.size() == 0) return null;
      if (next < 0) throw new EOFException("closed in the middle of a line");
      if (next != '\n' && line.size() == MAX_LINE_BYTES) throw new IOException("line too long");
    }
    return line.toByteArray();
  }
}
