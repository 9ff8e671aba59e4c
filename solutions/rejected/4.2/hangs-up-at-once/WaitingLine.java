// Believes: a call that was answered has been counted and can be closed.
// Rejected by: WaitingLineTest "keeps every caller on the line until the count is over"
package ch04;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.SocketFactory;

public final class WaitingLine {
  private WaitingLine() {}

  public record Limits(Duration timeout, int misses, int most) {}

  public static int capacity(InetSocketAddress listener, Limits limits, SocketFactory sockets)
      throws IOException {
    int connected = 0;
    int missed = 0;
    while (connected < limits.most() && missed < limits.misses()) {
      try (var caller = sockets.createSocket()) {
        caller.connect(listener, (int) limits.timeout().toMillis());
        connected++;
        missed = 0;
      } catch (SocketTimeoutException e) {
        missed++;
      }
    }
    return connected;
  }
}
