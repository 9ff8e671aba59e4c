package ch04;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import javax.net.SocketFactory;

/** Exercise 4.2: who is connected? */
public final class WaitingLine {
  private WaitingLine() {}

  public record Limits(Duration timeout, int misses, int most) {}

  public static int capacity(InetSocketAddress listener, Limits limits, SocketFactory sockets)
      throws IOException {
    int millis = Math.toIntExact(limits.timeout().toMillis());
    var callers = new ArrayList<Socket>(); // open until the count is over: each keeps its place
    try {
      int connected = 0;
      int missed = 0; // in a row
      while (connected < limits.most() && missed < limits.misses()) {
        var caller = sockets.createSocket();
        callers.add(caller);
        try {
          caller.connect(listener, millis);
          connected++;
          missed = 0;
        } catch (SocketTimeoutException noAnswer) {
          missed++;
        }
      }
      return connected;
    } finally {
      for (var caller : callers) caller.close();
    }
  }
}
