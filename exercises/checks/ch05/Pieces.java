package ch05;

import java.io.InputStream;

/**
 * A line of x and its LF, in pieces of one size, as a socket would bring them, but without one:
 * what is to be counted here is the work of the reader alone.
 */
final class Pieces extends InputStream {
  private final int length;
  private final int size;
  private int sent;
  private int reads;

  /**
   * @param length of the line, in bytes
   * @param size of a piece: no read brings more
   */
  Pieces(int length, int size) {
    this.length = length;
    this.size = size;
  }

  int reads() {
    return reads;
  }

  @Override
  public int available() {
    return Math.min(size, length + 1 - sent);
  }

  @Override
  public int read() {
    reads++;
    if (sent > length) return -1;
    return sent++ < length ? 'x' : '\n';
  }

  @Override
  public int read(byte[] into, int offset, int count) {
    reads++;
    if (count == 0) return 0;
    if (sent > length) return -1;
    int taken = Math.min(count, available());
    for (int i = 0; i < taken; i++) into[offset + i] = sent++ < length ? (byte) 'x' : (byte) '\n';
    return taken;
  }
}
