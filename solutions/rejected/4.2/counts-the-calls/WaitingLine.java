// Believes: every call that was made has a place in the line.
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
      for (int missed = 0; missed < limits.misses() && callers.size() < limits.most(); ) {
        Socket caller = sockets.createSocket();
        callers.add(caller);
        try {
          caller.connect(listener, (int) limits.timeout().toMillis());
          missed = 0;
        } catch (SocketTimeoutException full) {
          missed++;
        }
      }
      return callers.size();
    } finally {
      for (Socket caller : callers) caller.close();
    }
  }
}
