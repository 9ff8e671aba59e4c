// Believes: one of the connected is being served and does not wait in the line.
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
    var connected = new ArrayList<Socket>();
    int missed = 0;
    try {
      while (connected.size() < limits.most() && missed < limits.misses()) {
        var caller = sockets.createSocket();
        try {
          caller.connect(listener, (int) limits.timeout().toMillis());
          connected.add(caller);
          missed = 0;
        } catch (SocketTimeoutException e) {
          missed++;
        }
      }
      // The first one talks with the server, the others wait.
      return Math.max(0, connected.size() - 1);
    } finally {
      for (var caller : connected) caller.close();
    }
  }
}
