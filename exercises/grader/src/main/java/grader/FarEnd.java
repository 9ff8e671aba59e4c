package grader;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import wire.Side;

/**
 * The far end of a wire: an accepted socket that notes what it says and hears. It adds no thread
 * and no hop, so that a reset is as sudden, and a full buffer as full, as without it.
 */
final class FarEnd extends Socket {
  /** A long write is noted in pieces, so that one that gets stuck shows how far it came. */
  private static final int PIECE_BYTES = 64 * 1024;

  private final WireLog log;
  private final Side side;

  FarEnd(WireLog log, Side side) {
    this.log = log;
    this.side = side;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        try {
          int count = in.read(into, offset, length);
          if (count < 0) log.end(side.other());
          else if (count > 0) log.data(side.other(), into, offset, count);
          return count;
        } catch (SocketException lost) {
          if (!isClosed()) log.reset(side.other());
          throw lost;
        }
      }
    };
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(super.getOutputStream()) {
      @Override
      public void write(int next) throws IOException {
        write(new byte[] {(byte) next}, 0, 1);
      }

      @Override
      public void write(byte[] from, int offset, int length) throws IOException {
        for (int at = 0; at < length; at += PIECE_BYTES) {
          int count = Math.min(PIECE_BYTES, length - at);
          out.write(from, offset + at, count);
          log.data(side, from, offset + at, count);
        }
      }
    };
  }

  @Override
  public void shutdownOutput() throws IOException {
    super.shutdownOutput();
    log.end(side);
  }

  @Override
  public void close() throws IOException {
    if (!isClosed()) {
      if (getSoLinger() == 0) log.reset(side);
      else log.end(side);
    }
    super.close();
  }
}
