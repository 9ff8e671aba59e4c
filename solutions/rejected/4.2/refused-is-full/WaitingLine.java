// Believes: a listener whose line is full refuses the next caller.
// Rejected by: WaitingLineTest "tells a refusal from a full line"
package ch04;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import javax.net.SocketFactory;

public final class WaitingLine {
  private WaitingLine() {}

  public record Limits(Duration timeout, int misses, int most) {}

  public static int capacity(InetSocketAddress listener, Limits limits, SocketFactory sockets)
      throws IOException {
    var callers = new ArrayList<Socket>();
    int failed = 0;
    try {
      while (callers.size() < limits.most() && failed < limits.misses()) {
        var caller = sockets.createSocket();
        try {
          caller.connect(listener, (int) limits.timeout().toMillis());
          callers.add(caller);
          failed = 0;
        } catch (IOException e) {
          caller.close();
          failed++;
        }
      }
      return callers.size();
    } finally {
      for (var caller : callers) caller.close();
    }
  }
}
