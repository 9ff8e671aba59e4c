// Believes: the last lines of a method are always reached.
// Rejected by: WaitingLineTest "leaves no socket open, however it ends"
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
    int missed = 0;
    while (callers.size() < limits.most() && missed < limits.misses()) {
      var caller = sockets.createSocket();
      try {
        caller.connect(listener, (int) limits.timeout().toMillis());
        callers.add(caller);
        missed = 0;
      } catch (SocketTimeoutException e) {
        missed++;
      }
    }
    int connected = callers.size();
    for (var caller : callers) caller.close();
    return connected;
  }
}
