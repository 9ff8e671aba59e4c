// Believes: the kernel ends the count: every line is full at some time.
// Rejected by: WaitingLineTest "stops at the most that it was asked for"
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
    try {
      for (int missed = 0; missed < limits.misses(); ) {
        var caller = sockets.createSocket();
        try {
          caller.connect(listener, millis);
          callers.add(caller);
          missed = 0;
        } catch (SocketTimeoutException e) {
          missed++;
        }
      }
      return Math.min(callers.size(), limits.most());
    } finally {
      for (var caller : callers) caller.close();
    }
  }
}
