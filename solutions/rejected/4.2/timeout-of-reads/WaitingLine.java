// Believes: setSoTimeout limits everything that a socket waits for.
// Rejected by: WaitingLineTest "counts who is connected, though nobody accepts"
package ch04;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import javax.net.SocketFactory;

public final class WaitingLine {
  private WaitingLine() {}

  public record Limits(Duration timeout, int misses, int most) {}

  public static int capacity(InetSocketAddress listener, Limits limits, SocketFactory sockets)
      throws IOException {
    var callers = new ArrayList<Socket>();
    try {
      int connected = 0;
      int missed = 0;
      while (connected < limits.most() && missed < limits.misses()) {
        var caller = sockets.createSocket();
        callers.add(caller);
        caller.setSoTimeout((int) limits.timeout().toMillis());
        try {
          caller.connect(listener);
          connected++;
          missed = 0;
        } catch (SocketTimeoutException e) {
          missed++;
        }
      }
      return connected;
    } finally {
      for (var caller : callers) caller.close();
    }
  }
}
