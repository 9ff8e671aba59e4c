package ch02;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.IntSupplier;

/** An output that knows what was written to it and what was flushed. It can be made to block. */
final class Screen extends OutputStream {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private int flushed;
  private boolean frozen;
  private boolean touched;
  private boolean over;
  private boolean closed;

  @Override
  public synchronized void write(int next) {
    write(new byte[] {(byte) next}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] from, int offset, int length) {
    touched = true;
    notifyAll();
    while (frozen) waitForNews(0);
    written.write(from, offset, length);
    notifyAll();
  }

  @Override
  public synchronized void flush() {
    flushed = written.size();
    notifyAll();
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** From now on a write waits, as on a terminal that was stopped with Ctrl-S. */
  synchronized void freeze() {
    frozen = true;
  }

  synchronized void thaw() {
    frozen = false;
    notifyAll();
  }

  /** Nothing more will come: nobody need wait for it. */
  synchronized void over() {
    over = true;
    notifyAll();
  }

  /** Waits for the first write. */
  synchronized boolean awaitTouch(Duration patience) {
    await(() -> touched ? 1 : 0, 1, patience);
    return touched;
  }

  /** Waits until so many bytes are written, and returns all that are. */
  synchronized byte[] written(int count, Duration patience) {
    await(written::size, count, patience);
    return written.toByteArray();
  }

  /** Waits until so many bytes are flushed, and returns all that are. */
  synchronized byte[] flushed(int count, Duration patience) {
    await(() -> flushed, count, patience);
    return Arrays.copyOf(written.toByteArray(), flushed);
  }

  private void await(IntSupplier size, int wanted, Duration patience) {
    int seen = size.getAsInt();
    long end = System.nanoTime() + patience.toNanos();
    while (seen < wanted && !over) {
      long millis = (end - System.nanoTime()) / 1_000_000;
      if (millis <= 0) return;
      waitForNews(millis);
      if (size.getAsInt() > seen) end = System.nanoTime() + patience.toNanos();
      seen = size.getAsInt();
    }
  }

  private void waitForNews(long millis) {
    try {
      wait(millis);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException("interrupted at the screen", interrupted);
    }
  }
}
