package ch02;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.LinkedBlockingQueue;

/** An input that waits for what a check types. */
final class Keyboard extends InputStream {
  private static final byte[] END = {};

  private final LinkedBlockingQueue<byte[]> typed = new LinkedBlockingQueue<>();
  private volatile Thread reader;
  private volatile boolean endRead;
  private volatile boolean closed;
  private byte[] piece = {};
  private int taken;

  void type(String text) {
    type(text.getBytes(US_ASCII));
  }

  void type(byte[] bytes) {
    typed.add(bytes);
  }

  /** Ctrl-D. */
  void end() {
    typed.add(END);
  }

  /** The thread that asked last; null if none has. */
  Thread reader() {
    return reader;
  }

  /** Whether the pump knows that the input has ended. */
  boolean isEndRead() {
    return endRead;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public int available() {
    return piece.length - taken;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    reader = Thread.currentThread();
    if (length == 0) return 0;
    if (endRead) return -1;
    if (taken == piece.length) {
      try {
        piece = typed.take();
      } catch (InterruptedException interrupted) {
        throw new InterruptedIOException();
      }
      taken = 0;
      if (piece == END) {
        endRead = true;
        return -1;
      }
    }
    int count = Math.min(length, piece.length - taken);
    System.arraycopy(piece, taken, into, offset, count);
    taken += count;
    return count;
  }

  @Override
  public void close() {
    closed = true;
  }
}
