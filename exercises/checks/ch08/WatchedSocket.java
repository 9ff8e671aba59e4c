package ch08;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketOption;
import java.util.ArrayList;
import java.util.List;

/** A real socket that notes each write, each option, and tells when somebody is about to read. */
final class WatchedSocket extends Socket {
  /** The size of each write, in bytes. */
  final List<Integer> writes = new ArrayList<>();

  /** Each option that was set: {@code setTcpNoDelay(true)}. */
  final List<String> options = new ArrayList<>();

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private BeforeRead beforeRead = _ -> {};
  private int taken;

  /** May throw, and so end a reader that would wait in vain. */
  interface BeforeRead {
    void at(int taken);
  }

  /**
   * @param act is told how many bytes have been taken from the stream so far
   */
  void beforeEachRead(BeforeRead act) {
    beforeRead = act;
    taken = 0;
  }

  /** All that was given to the socket since {@link #forget}. */
  byte[] written() {
    return written.toByteArray();
  }

  void forget() {
    written.reset();
    writes.clear();
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
        beforeRead.at(taken);
        int count = in.read(into, offset, length);
        if (count > 0) taken += count;
        return count;
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
        if (length > 0) {
          writes.add(length);
          written.write(from, offset, length);
        }
        out.write(from, offset, length);
      }
    };
  }

  @Override
  public void setTcpNoDelay(boolean on) throws SocketException {
    options.add("setTcpNoDelay(%b)".formatted(on));
    super.setTcpNoDelay(on);
  }

  @Override
  public void setSendBufferSize(int bytes) throws SocketException {
    options.add("setSendBufferSize(%d)".formatted(bytes));
    super.setSendBufferSize(bytes);
  }

  @Override
  public void setReceiveBufferSize(int bytes) throws SocketException {
    options.add("setReceiveBufferSize(%d)".formatted(bytes));
    super.setReceiveBufferSize(bytes);
  }

  @Override
  public void setTrafficClass(int value) throws SocketException {
    options.add("setTrafficClass(%d)".formatted(value));
    super.setTrafficClass(value);
  }

  @Override
  public void setSoLinger(boolean on, int seconds) throws SocketException {
    options.add("setSoLinger(%b, %d)".formatted(on, seconds));
    super.setSoLinger(on, seconds);
  }

  @Override
  public void setKeepAlive(boolean on) throws SocketException {
    options.add("setKeepAlive(%b)".formatted(on));
    super.setKeepAlive(on);
  }

  @Override
  public void setPerformancePreferences(int connectionTime, int latency, int bandwidth) {
    options.add(
        "setPerformancePreferences(%d, %d, %d)".formatted(connectionTime, latency, bandwidth));
    super.setPerformancePreferences(connectionTime, latency, bandwidth);
  }

  @Override
  public <T> Socket setOption(SocketOption<T> option, T value) throws IOException {
    options.add("setOption(%s, %s)".formatted(option.name(), value));
    return super.setOption(option, value);
  }
}
