// Believes: whoever is connected has been accepted, and can be heard to be.
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
    int millis = (int) limits.timeout().toMillis();
    var callers = new ArrayList<Socket>();
    int accepted = 0;
    int missed = 0;
    try {
      while (accepted < limits.most() && missed < limits.misses()) {
        var caller = sockets.createSocket();
        callers.add(caller);
        try {
          caller.connect(listener, millis);
          caller.setSoTimeout(millis);
          if (caller.getInputStream().read() < 0) throw new IOException("no greeting");
          accepted++;
          missed = 0;
        } catch (SocketTimeoutException e) {
          missed++;
        }
      }
      return accepted;
    } finally {
      for (var caller : callers) caller.close();
    }
  }
}
