package ch12;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import ch12.EchoLine.Visit;
import grader.Given;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/**
 * A line without a kernel, and the branch at its other end. What each call returns was written down
 * before: so a check takes no time, and none depends on the machine.
 */
final class Branch implements ByteChannel {
  private static final byte[] NOTHING = {};

  private interface Answer {
    int to(ByteBuffer buffer) throws IOException;
  }

  private final Given given;
  private final Queue<Answer> reads = new ArrayDeque<>();
  private final Queue<Answer> writes = new ArrayDeque<>();
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private final EchoLine line = new EchoLine(this);
  private byte[] piece = NOTHING; // what is left of the one that is being read
  private boolean ended;
  private boolean open = true;
  private int taken;
  private int readsInVisit;
  private int writesInVisit;
  private int lastRead;
  private int lastWritten;

  Branch(String what) {
    given = Given.given(what);
  }

  Given given() {
    return given;
  }

  /** One read finds this, or several find it in parts. */
  Branch says(String text) {
    reads.add(_ -> {
      piece = text.getBytes(ISO_8859_1);
      return 0;
    });
    return this;
  }

  /** One read finds nothing. After all that is said, every read does. */
  Branch pauses() {
    reads.add(_ -> 0);
    return this;
  }

  Branch ends() {
    reads.add(_ -> {
      ended = true;
      return -1;
    });
    return this;
  }

  Branch loses(IOException why) {
    reads.add(_ -> {
      throw why;
    });
    return this;
  }

  /** One write takes no more than so many bytes. After all that is told, each takes what it can. */
  Branch takes(int most) {
    writes.add(buffer -> take(buffer, most));
    return this;
  }

  Branch refuses(IOException why) {
    writes.add(_ -> {
      throw why;
    });
    return this;
  }

  private int take(ByteBuffer buffer, int most) {
    var bytes = new byte[Math.min(most, buffer.remaining())];
    buffer.get(bytes);
    heard.writeBytes(bytes);
    return bytes.length;
  }

  Visit visit() {
    readsInVisit = 0;
    writesInVisit = 0;
    return line.visit();
  }

  /** Until it says that it is over or lost, or that often. Returns what the last visit said. */
  Visit visits(int most) {
    var last = visit();
    for (int i = 1; i < most && (last == Visit.IDLE || last == Visit.MOVED); i++) last = visit();
    return last;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (!open) throw new ClosedChannelException();
    if (++readsInVisit > 1) throw onceMore("read", lastRead);
    return lastRead = answer(into);
  }

  private int answer(ByteBuffer into) throws IOException {
    if (!into.hasRemaining()) return 0; // as every channel does
    if (piece.length == 0 && !reads.isEmpty()) {
      int answer = reads.remove().to(into);
      if (piece.length == 0) return answer;
    }
    if (piece.length == 0) return ended ? -1 : 0;
    int count = Math.min(into.remaining(), piece.length);
    into.put(piece, 0, count);
    piece = Arrays.copyOfRange(piece, count, piece.length);
    taken += count;
    return count;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    if (!open) throw new ClosedChannelException();
    if (++writesInVisit > 1) throw onceMore("write", lastWritten);
    var answer = writes.poll();
    return lastWritten = answer == null ? take(from, Integer.MAX_VALUE) : answer.to(from);
  }

  private AssertionError onceMore(String call, int last) {
    return given.wrong(
        "one %s in a visit".formatted(call),
        "%s(), which returned %d, and in the same visit %s() once more".formatted(call, last, call),
        last == 0
            ? "This looks like code that waits in a loop. 0 says that nothing can be done now, and"
                + " to ask again at once gives 0 again: the thread spins, and 39 branches wait."
            : "As long as this branch has something, the loop goes on, and 39 branches wait. The"
                + " next visit is soon.");
  }

  /** What it has back. */
  String heard() {
    return heard.toString(ISO_8859_1);
  }

  /** How many bytes were read, and are not back. */
  int owed() {
    return taken - heard.size();
  }

  String state() {
    return open ? "an open channel" : "a closed channel";
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }
}
