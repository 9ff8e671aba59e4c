package ch04;

import grader.Wire;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * A real socket whose reader sets the pace: the far end sends a piece when the reader has taken all
 * of the one before and asks for more. So each read finds what is left of one piece. When there are
 * no more pieces, a read waits for what the far end says.
 */
final class PacedSocket extends Socket {
  private final Queue<byte[]> pieces = new ArrayDeque<>();
  private final InputStream paced = new Paced();
  private Wire wire;

  /** Before anybody reads. */
  void pace(Wire wire, List<byte[]> pieces) {
    this.wire = wire;
    this.pieces.addAll(pieces);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    super.getInputStream(); // refuses where a plain socket does
    return paced;
  }

  private InputStream plain() throws IOException {
    return super.getInputStream();
  }

  /** One for all who ask: which piece is being read belongs to the socket. */
  private final class Paced extends FilterInputStream {
    private int left;

    Paced() {
      super(InputStream.nullInputStream());
    }

    @Override
    public int available() throws IOException {
      return left > 0 ? left : plain().available();
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) return 0;
      if (left == 0 && !pieces.isEmpty()) {
        var piece = pieces.remove();
        wire.send(piece);
        left = piece.length;
      }
      if (left == 0) return plain().read(into, offset, length);
      // The kernel may hand out a piece in parts; the reader is to find it whole.
      int count = plain().readNBytes(into, offset, Math.min(left, length));
      left -= count;
      return count;
    }

    @Override
    public void close() throws IOException {
      PacedSocket.this.close();
    }
  }
}
