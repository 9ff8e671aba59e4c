package ch02;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import grader.Bytes;
import grader.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A pump at work between a keyboard, a screen and a real socket, with a peer at its far end. All
 * but the pump is ours.
 *
 * <p>Every wait here is for an event. When nothing has happened for as long as {@link #patience},
 * it gives up and returns what there is; what that means is for the check to say.
 */
final class Conversation implements AutoCloseable {
  /** Small, so that a direction which nobody reads is soon full. */
  private static final int BUFFER_BYTES = 64 * 1024;

  /** Shared by all conversations of a run: code that let one of them down lets down the others. */
  private static volatile Duration patience = Duration.ofSeconds(3);

  final TappedSocket socket = new TappedSocket();
  final Keyboard keyboard = new Keyboard();
  final Screen screen = new Screen();
  final Wire wire;
  private final Thread pump;
  private volatile boolean closedByPump;
  private volatile Throwable thrown;

  private Conversation(Thread.Builder caller) throws IOException {
    socket.setReceiveBufferSize(BUFFER_BYTES);
    socket.setSendBufferSize(BUFFER_BYTES);
    wire = Wire.open(socket, "catalog");
    wire.far().setReceiveBufferSize(BUFFER_BYTES);
    wire.far().setSendBufferSize(BUFFER_BYTES);
    wire.far().setSoTimeout((int) patience.toMillis());
    pump = caller.name("pump").start(this::pump);
  }

  /** On a virtual thread, which says when it waits, in a read of a socket too. */
  static Conversation start() throws IOException {
    return new Conversation(Thread.ofVirtual());
  }

  /** On a thread like main's: those that it starts are no daemons unless they are made so. */
  static Conversation startAsInMain() throws IOException {
    return new Conversation(Thread.ofPlatform().daemon(false));
  }

  private void pump() {
    try {
      Pump.pump(socket, keyboard, screen);
    } catch (Throwable failed) {
      closedByPump = socket.isClosed();
      thrown = failed;
      // So that a check that waits for the screen or for the peer need not run out of patience.
      screen.over();
      try {
        socket.close();
      } catch (IOException alsoFailed) {
        failed.addSuppressed(alsoFailed);
      }
    }
  }

  boolean hasClosedSocket() {
    return thrown == null ? socket.isClosed() : closedByPump;
  }

  /** What the peer hears: so many bytes, or as many as come. */
  String hear(int count) throws IOException {
    var heard = new ByteArrayOutputStream();
    listen(heard, count);
    return Bytes.visible(heard.toByteArray());
  }

  /** What the peer hears until the end, or, if that never comes, until it is silent for long. */
  String hearAll() throws IOException {
    var heard = new ByteArrayOutputStream();
    var end = listen(heard, Integer.MAX_VALUE) ? " [end]" : " [silence]";
    return Bytes.visible(heard.toByteArray()) + end;
  }

  /** The same without a word on the end. */
  byte[] hearBytes() throws IOException {
    var heard = new ByteArrayOutputStream();
    listen(heard, Integer.MAX_VALUE);
    return heard.toByteArray();
  }

  /** Whether it came to the end of the stream. */
  private boolean listen(ByteArrayOutputStream heard, int count) throws IOException {
    var chunk = new byte[64 * 1024];
    try {
      while (heard.size() < count) {
        var most = Math.min(chunk.length, count - heard.size());
        int got = wire.far().getInputStream().read(chunk, 0, most);
        if (got < 0) {
          if (!hasClosedSocket()) rethrow();
          return true;
        }
        heard.write(chunk, 0, got);
      }
    } catch (SocketTimeoutException silence) {
      losePatience();
      return false;
    } catch (IOException lost) {
      rethrow();
      throw lost;
    }
    return false;
  }

  /** The peer says something. */
  void say(String text) throws IOException {
    try {
      wire.send(text.getBytes(US_ASCII));
    } catch (IOException lost) {
      rethrow();
      throw lost;
    }
  }

  /** The peer says all that it has to say; at once, if somebody takes it. */
  void sayAll(byte[] bytes) {
    try {
      wire.send(bytes);
      wire.sendEnd();
    } catch (IOException lost) {
      // The pump has ended, or the check has: both know why.
    }
  }

  /** What is on the screen once it has so many bytes, flushed or not. */
  String see(int count) throws IOException {
    return seen(screen.written(count, patience), count);
  }

  String seeFlushed(int count) throws IOException {
    return seen(screen.flushed(count, patience), count);
  }

  private String seen(byte[] bytes, int wanted) throws IOException {
    rethrow();
    if (bytes.length < wanted) losePatience();
    return Bytes.visible(bytes);
  }

  boolean happens(CountDownLatch event) throws InterruptedException {
    boolean happened = event.await(patience.toNanos(), NANOSECONDS);
    if (!happened) losePatience();
    return happened;
  }

  /** Whether the call of pump is over, as soon as it either is or waits for something. */
  boolean isOverOrWaits() {
    long end = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < end) {
      switch (pump.getState()) {
        case WAITING, TIMED_WAITING -> {
          return false;
        }
        case TERMINATED -> {
          return isOver();
        }
        default -> Thread.onSpinWait();
      }
    }
    return isOver();
  }

  boolean isOver() {
    return !pump.isAlive();
  }

  /** Waits until pump has returned or thrown, and tells whether it has. */
  boolean ends() throws InterruptedException {
    boolean ended = pump.join(patience);
    if (!ended) losePatience();
    return ended;
  }

  Duration patience() {
    return patience;
  }

  /** A learner waits for the verdict: seven checks that each wait for long take too long. */
  private static void losePatience() {
    patience = Duration.ofSeconds(1);
  }

  /** What pump has thrown; null if nothing. */
  Throwable thrown() {
    return thrown;
  }

  /** Throws what pump has thrown. */
  void rethrow() throws IOException {
    switch (thrown) {
      case null -> {}
      case IOException failed -> throw failed;
      case RuntimeException failed -> throw failed;
      case Error failed -> throw failed;
      default -> throw new IllegalStateException("pump was interrupted", thrown);
    }
  }

  /** Lets go whatever waits. */
  @Override
  public void close() throws IOException {
    screen.thaw();
    keyboard.end();
    wire.close();
  }
}
