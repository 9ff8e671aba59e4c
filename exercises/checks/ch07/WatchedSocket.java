package ch07;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/**
 * The server's socket: a real one that tells when it is about to wait for its client, and when it
 * is closed. Its input can be taken over by a {@link Script}.
 */
final class WatchedSocket extends Socket {
  /** Plays the client's side: each call is a read of the server. */
  interface Script {
    /**
     * @param soTimeout of the read, in milliseconds; 0 is none
     */
    int read(byte[] into, int offset, int length, int soTimeout) throws IOException;
  }

  interface Look {
    void at(WatchedSocket socket) throws IOException;
  }

  /** Counted down when a read finds nothing there, and when the socket is closed. */
  final CountDownLatch waitsOrIsClosed = new CountDownLatch(1);

  private volatile Script script;
  private volatile Look beforeRead = _ -> {};
  private volatile long written;
  private volatile long taken;

  void play(Script played) {
    script = played;
  }

  /** May throw an error instead, and so end a reader that ought not to read. */
  void beforeRead(Look look) {
    beforeRead = look;
  }

  long written() {
    return written;
  }

  long taken() {
    return taken;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    var in = super.getInputStream();
    return new InputStream() {
      @Override
      public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        beforeRead.at(WatchedSocket.this);
        if (script == null && in.available() == 0) waitsOrIsClosed.countDown();
        int count =
            script == null
                ? in.read(into, offset, length)
                : script.read(into, offset, length, getSoTimeout());
        if (count > 0) taken += count;
        return count;
      }

      @Override
      public int available() throws IOException {
        return script == null ? in.available() : 1;
      }

      @Override
      public void close() throws IOException {
        in.close();
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
        out.write(from, offset, length);
        written += length;
      }
    };
  }

  @Override
  public void close() throws IOException {
    super.close();
    waitsOrIsClosed.countDown();
  }
}
