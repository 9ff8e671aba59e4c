package ch02;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/** A real socket that tells when its reader has met the end, and when a write has failed. */
final class TappedSocket extends Socket {
  final CountDownLatch readEnd = new CountDownLatch(1);
  final CountDownLatch writeFailed = new CountDownLatch(1);

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        return noted(super.read());
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return noted(super.read(into, offset, length));
      }
    };
  }

  private int noted(int result) {
    if (result < 0) readEnd.countDown();
    return result;
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
        try {
          out.write(from, offset, length);
        } catch (IOException failed) {
          writeFailed.countDown();
          throw failed;
        }
      }
    };
  }
}
