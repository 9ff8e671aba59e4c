package grader;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Iterator;
import java.util.List;

/**
 * A TCP connection over loopback with both of its ends in the hands of a check: the near end is
 * what the learner's code talks through, the far end is its peer.
 *
 * <p>Between two writes and one read the kernel may join what was sent. A check that needs the cuts
 * where it made them lets the reader set the pace: see {@link #paced}.
 */
public final class Wire implements AutoCloseable {
  private static final int BACKLOG = 1;

  private final Socket near;
  private final Socket far;

  private Wire(Socket near, Socket far) {
    this.near = near;
    this.far = far;
  }

  public static Wire open() throws IOException {
    return open(new Socket());
  }

  /**
   * @param near not yet connected; a subclass may note what is done with it
   */
  public static Wire open(Socket near) throws IOException {
    try (var listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())) {
      near.connect(listener.getLocalSocketAddress());
      return new Wire(near, listener.accept());
    }
  }

  public Socket near() {
    return near;
  }

  public Socket far() {
    return far;
  }

  /** The far end says something. */
  public void send(byte[] bytes) throws IOException {
    far.getOutputStream().write(bytes);
  }

  /** The far end has said all (FIN); it still listens. */
  public void sendEnd() throws IOException {
    far.shutdownOutput();
  }

  /** The far end drops the connection (RST), whatever is still under way. */
  public void reset() throws IOException {
    far.setSoLinger(true, 0);
    far.close();
  }

  /**
   * The near end's input, cut into pieces. The far end sends the first at once, and the next when
   * the reader has taken all of the one before and asks for more. So each read finds what is left
   * of one piece, on a slow machine and on a fast one, and nobody sleeps.
   *
   * @param then what becomes of a reader that asks for more than all pieces
   */
  public InputStream paced(List<byte[]> pieces, Then then) throws IOException {
    var paced = new Paced(pieces.iterator(), then);
    if (!pieces.isEmpty()) paced.next();
    return paced;
  }

  @Override
  public void close() throws IOException {
    try (near;
        far) {
      // Both end here, the second even if the first one fails to.
    }
  }

  /** What the far end does when all pieces are read: {@code Wire::sendEnd}, {@code Wire::reset}. */
  public interface Then {
    /** May throw an error instead, and so end a reader that ought not to have asked. */
    void act(Wire wire) throws IOException;
  }

  private final class Paced extends InputStream {
    private final Iterator<byte[]> pieces;
    private final Then then;
    private byte[] piece = {};
    private int taken;
    private boolean over;

    Paced(Iterator<byte[]> pieces, Then then) {
      this.pieces = pieces;
      this.then = then;
    }

    /** Sends a piece and waits until all of it has arrived. */
    void next() throws IOException {
      var sent = pieces.next();
      send(sent);
      piece = near.getInputStream().readNBytes(sent.length);
      taken = 0;
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
      if (length == 0) return 0;
      while (available() == 0 && pieces.hasNext()) next();
      if (available() == 0) {
        if (!over) then.act(Wire.this);
        over = true;
        return near.getInputStream().read(into, offset, length);
      }
      int count = Math.min(length, available());
      System.arraycopy(piece, taken, into, offset, count);
      taken += count;
      return count;
    }

    @Override
    public void close() throws IOException {
      near.close();
    }
  }
}
