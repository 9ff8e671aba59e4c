package grader;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Iterator;
import java.util.List;
import wire.Side;

/**
 * A TCP connection over loopback with both of its ends in the hands of a check: the near end is
 * what the learner's code talks through, the far end is its peer.
 *
 * <p>Between two writes and one read the kernel may join what was sent. A check that needs the cuts
 * where it made them lets the reader set the pace: see {@link #paced}.
 *
 * <p>What the far end says and hears is written down, and the verdict of a check that fails while a
 * wire is open shows it. What the near end has sent counts when the far end reads it.
 */
public final class Wire implements AutoCloseable {
  private static final int BACKLOG = 1;

  private static final String NEAR = "your code";

  /** The one opened last: a check that fails, wherever its code stands, fails on it. */
  private static volatile Wire latest;

  private final Socket near;
  private final FarEnd far;
  private final String peer;
  private final Side side;
  private final WireLog log;
  private volatile String stop = Exchange.FAILED;
  private volatile boolean closed;
  private volatile int unread;

  private Wire(Socket near, String peer, Side side) throws IOException {
    this.near = near;
    this.peer = peer;
    this.side = side;
    log = new WireLog();
    far = new FarEnd(log, side.other());
    try (var listener = new Listener()) {
      near.connect(listener.getLocalSocketAddress());
      listener.accept(far);
    }
    log.connected();
    latest = this;
  }

  /** The learner's code is a server, and the far end its client. */
  public static Wire open() throws IOException {
    return open(new Socket());
  }

  /**
   * The same, with a near end that may note what is done with it.
   *
   * @param near not yet connected
   */
  public static Wire open(Socket near) throws IOException {
    return new Wire(near, "client", Side.SERVER);
  }

  /**
   * The learner's code is a client.
   *
   * @param near not yet connected; a subclass may note what is done with it
   * @param server what the far end is called
   */
  public static Wire open(Socket near, String server) throws IOException {
    return new Wire(near, server, Side.CLIENT);
  }

  /** What crossed the wire that is open now; null if none is. */
  static Exchange exchange() {
    var wire = latest;
    return wire == null || wire.closed ? null : wire.exchange(wire.stop);
  }

  /**
   * What crossed the last wire of this check, open or closed; null if it had none.
   *
   * @param end where it stopped
   */
  static Exchange lastExchange(String end) {
    var wire = latest;
    return wire == null ? null : wire.exchange(end);
  }

  /** Another check begins. */
  static void forget() {
    latest = null;
  }

  private Exchange exchange(String end) {
    int count = closed ? unread : unread();
    var rest =
        count == 0
            ? ""
            : " %,d %s from %s %s unread."
                .formatted(count, count == 1 ? "byte" : "bytes", NEAR, count == 1 ? "lies" : "lie");
    return side == Side.CLIENT
        ? log.exchange(NEAR, peer, end + rest)
        : log.exchange(peer, NEAR, end + rest);
  }

  /** What has come to the far end, and nobody there has read. */
  private int unread() {
    try {
      return far.isClosed() ? 0 : far.getInputStream().available();
    } catch (IOException over) {
      return 0;
    }
  }

  public Socket near() {
    return near;
  }

  public Socket far() {
    return far;
  }

  /**
   * Says what is known at this point of the conversation, for the verdict: {@code Here your code
   * returned.}
   */
  public void mark(String text) {
    log.mark(text);
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
    if (!closed) {
      unread = unread();
      log.seal();
      closed = true;
    }
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

  /** Accepts one connection, with a socket that is there already. */
  private static final class Listener extends ServerSocket {
    Listener() throws IOException {
      super(0, BACKLOG, InetAddress.getLoopbackAddress());
    }

    void accept(Socket accepted) throws IOException {
      implAccept(accepted);
    }
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
        if (!over) {
          stop = "Here your code asked for more.";
          then.act(Wire.this);
          stop = Exchange.FAILED; // it was right to ask
        }
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
