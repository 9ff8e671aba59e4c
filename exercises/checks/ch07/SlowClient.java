package ch07;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import grader.Given;
import grader.Wire;
import grader.WrongAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/**
 * A client whose bytes are real and whose time is not: they cross a real connection, each when the
 * clock of the check says so. The clock moves when somebody waits in a read, to whatever comes
 * first: bytes, the end of the soTimeout, a task of the timer. So a check of two hours takes no
 * time, and none depends on the machine.
 */
final class SlowClient implements AutoCloseable {
  static final long MILLI = 1_000_000;
  static final long SECOND = 1_000 * MILLI;
  private static final long NEVER = Long.MAX_VALUE;
  private static final long START = -3_000 * SECOND; // counted from anywhere

  /**
   * @param at when it arrives, since the start
   * @param seenAt when the machine comes to look at it
   * @param bytes none for the end of the stream
   */
  private record Piece(long at, long seenAt, byte[] bytes) {}

  final Wire wire = Wire.open();
  final ManualTimer timer = new ManualTimer(this::now);
  final Accepted socket = new Accepted();
  private final Given given;
  private final long giveUp;
  private final Queue<Piece> pieces = new ArrayDeque<>();
  private long now;
  private int clockAsked;
  private int taken;
  private WrongAnswer fault;

  /**
   * @param given for the verdict, if the code waits where nothing will wake it
   * @param limit in nanoseconds
   */
  SlowClient(Given given, long limit) throws IOException {
    this.given = given;
    giveUp = limit + SECOND;
  }

  /** Something arrives at this time. */
  SlowClient says(long at, String text) {
    return says(at, at, text);
  }

  /** The same, and the machine is so busy that nobody sees it before a later time. */
  SlowClient says(long at, long seenAt, String text) {
    pieces.add(new Piece(at, seenAt, text.getBytes(ISO_8859_1)));
    return this;
  }

  /** One byte after the other, the first after one pause. */
  SlowClient trickles(long pause, String text) {
    for (int i = 0; i < text.length(); i++) says((i + 1) * pause, text.substring(i, i + 1));
    return this;
  }

  SlowClient ends(long at) {
    return says(at, "");
  }

  LongSupplier nanoTime() {
    return () -> {
      clockAsked++;
      return START + now;
    };
  }

  ScheduledExecutorService timer() {
    return timer;
  }

  long now() {
    return now;
  }

  /** How many bytes the code has been given. */
  int taken() {
    return taken;
  }

  /** Time passes, and nobody reads. */
  void passUntil(long time) {
    while (timer.next() <= time) {
      now = Math.max(now, timer.next());
      timer.runDue();
    }
    now = Math.max(now, time);
  }

  /** The code may have met its fate on a thread of its own, or have caught it. */
  void rethrow() {
    if (fault != null) throw fault;
  }

  static String seconds(long nanos) {
    return "%d.%03d s".formatted(nanos / SECOND, nanos % SECOND / MILLI);
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }

  private WrongAnswer stuck(String got, String means) {
    wire.mark("%s have passed.".formatted(seconds(now)));
    fault = given.wrong("a SocketTimeoutException at 2.000 s", got, means);
    return fault;
  }

  private WrongAnswer waitsForEver() {
    if (Thread.interrupted()) {
      return stuck(
          "a read() that goes on, in a thread that was interrupted",
          "An interrupt does not end a read of a socket: on a platform thread nothing happens but"
              + " that a flag is set. To close the socket ends it.");
    }
    if (timer.asked() > 0) {
      return stuck(
          "a read() that goes on after the timer's task",
          "The task has run, and the thread in read() does not know: it waits for a byte, and looks"
              + " at nothing else meanwhile. Only closing the socket wakes it.");
    }
    if (clockAsked > 0) {
      return stuck(
          "a read() without a limit, begun at " + seconds(now),
          "This looks like setSoTimeout(0). What is left was less than a millisecond, or nothing,"
              + " and to setSoTimeout a 0 does not mean at once, it means for ever.");
    }
    return stuck(
        "a read() without a limit, and neither the clock nor the timer was asked",
        "Nothing ends this read while the client is silent. A timer of your own, or a thread that"
            + " sleeps, does not know the time of this check: use one of the two that you are"
            + " given.");
  }

  /** What the server has accepted. */
  final class Accepted extends Socket {
    private int soTimeout;
    private boolean closed;
    private final Input input = new Input();

    @Override
    public void setSoTimeout(int millis) throws SocketException {
      if (closed) throw new SocketException("Socket is closed");
      if (millis < 0) throw new IllegalArgumentException("timeout can't be negative");
      soTimeout = millis;
    }

    @Override
    public int getSoTimeout() throws SocketException {
      if (closed) throw new SocketException("Socket is closed");
      return soTimeout;
    }

    @Override
    public InputStream getInputStream() throws IOException {
      if (closed) throw new SocketException("Socket is closed");
      return input;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return wire.near().getOutputStream();
    }

    @Override
    public void shutdownInput() throws IOException {
      wire.near().shutdownInput();
      pieces.clear();
      ends(now);
    }

    @Override
    public void shutdownOutput() throws IOException {
      wire.near().shutdownOutput();
    }

    @Override
    public void setSoLinger(boolean on, int seconds) throws SocketException {
      wire.near().setSoLinger(on, seconds);
    }

    @Override
    public void close() throws IOException {
      closed = true;
      wire.near().close();
    }

    @Override
    public boolean isClosed() {
      return closed;
    }

    @Override
    public boolean isConnected() {
      return true;
    }

    @Override
    public boolean isBound() {
      return true;
    }

    @Override
    public InetAddress getInetAddress() {
      return wire.near().getInetAddress();
    }

    @Override
    public int getPort() {
      return wire.near().getPort();
    }

    @Override
    public int getLocalPort() {
      return wire.near().getLocalPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
      return wire.near().getRemoteSocketAddress();
    }
  }

  private final class Input extends InputStream {
    private byte[] piece = {};
    private int used;

    @Override
    public int available() {
      return piece.length - used;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) return 0;
      if (available() == 0 && !next()) return -1;
      if (socket.closed) throw new SocketException("Socket closed");
      int count = Math.min(length, available());
      System.arraycopy(piece, used, into, offset, count);
      used += count;
      taken += count;
      return count;
    }

    /** Waits for the next piece, as a read of the kernel would; false at the end of the stream. */
    private boolean next() throws IOException {
      long timeout = socket.soTimeout == 0 ? NEVER : now + socket.soTimeout * MILLI;
      while (true) {
        if (socket.closed) throw new SocketException("Socket closed");
        long arrival = pieces.isEmpty() ? NEVER : Math.max(now, pieces.peek().at);
        long alarm = timer.next();
        long first = Math.min(arrival, Math.min(alarm, timeout));
        if (first == NEVER) throw waitsForEver();
        if (first > giveUp) throw tooLate();
        now = Math.max(now, first);
        if (first == arrival) return arrive(pieces.remove());
        if (first == alarm) timer.runDue();
        else throw new SocketTimeoutException("Read timed out");
      }
    }

    private boolean arrive(Piece next) throws IOException {
      now = Math.max(now, next.seenAt);
      if (next.bytes.length == 0) {
        wire.sendEnd();
        pieces.add(next); // it stays the end
        return false;
      }
      wire.send(next.bytes);
      piece = wire.near().getInputStream().readNBytes(next.bytes.length);
      used = 0;
      timer.runDue(); // while the machine was busy with other things
      return true;
    }

    private WrongAnswer tooLate() {
      return stuck(
          "still reading at %s, after %d bytes".formatted(seconds(now), taken),
          clockAsked == 0 && timer.asked() == 0
              ? "This looks like setSoTimeout alone. It limits one read, and every read starts it"
                  + " anew: a client that sends a byte now and then is never out of time. What is"
                  + " to be limited is the request."
              : "This looks like a deadline that begins anew with every byte. Take the time once,"
                  + " before the first read, and give each read what is left.");
    }
  }
}
