// Believes: so many misses mean a full line, whatever happens between them.
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
    int missesLeft = limits.misses();
    try {
      while (callers.size() < limits.most() && missesLeft > 0) {
        var caller = sockets.createSocket();
        try {
          caller.connect(listener, (int) limits.timeout().toMillis());
          callers.add(caller);
        } catch (SocketTimeoutException e) {
          missesLeft--;
        }
      }
      return callers.size();
    } finally {
      for (var caller : callers) caller.close();
    }
  }
}
