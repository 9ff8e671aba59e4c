// Believes: no answer means no room.
// Rejected by: WaitingLineTest "calls again when one call got lost"
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
      while (callers.size() < limits.most()) {
        var caller = sockets.createSocket();
        try {
          caller.connect(listener, (int) limits.timeout().toMillis());
        } catch (SocketTimeoutException full) {
          break;
        }
        callers.add(caller);
      }
      return callers.size();
    } finally {
      for (var caller : callers) caller.close();
    }
  }
}
