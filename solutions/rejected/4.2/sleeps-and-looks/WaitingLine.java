// Believes: a connect has no end that one could wait for, so look after a while who made it.
// Rejected by: WaitingLineTest "waits in connect and nowhere else"
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
    int millis = (int) limits.timeout().toMillis();
    var callers = new ArrayList<Socket>();
    for (int i = 0; i < limits.most(); i++) callers.add(sockets.createSocket());
    try {
      for (Socket caller : callers) {
        Thread.startVirtualThread(() -> {
          try {
            caller.connect(listener, millis);
          } catch (IOException e) {
            // not connected
          }
        });
      }
      Thread.sleep(limits.timeout().multipliedBy(2));
      return (int) callers.stream().filter(Socket::isConnected).count();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      for (Socket caller : callers) caller.close();
    }
  }
}
