// Believes: after a connect the kernel needs a moment to put the caller into its queue.
// Rejected by: WaitingLineTest "waits in connect and nowhere else"
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
      int missed = 0;
      while (callers.size() < limits.most() && missed < limits.misses()) {
        var caller = sockets.createSocket();
        try {
          caller.connect(listener, (int) limits.timeout().toMillis());
          callers.add(caller);
          missed = 0;
          Thread.sleep(20);
        } catch (SocketTimeoutException e) {
          missed++;
        }
      }
      return callers.size();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      for (var caller : callers) caller.close();
    }
  }
}
