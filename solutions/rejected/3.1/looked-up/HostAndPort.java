// Believes: a host is only known to be one when it has been looked up.
// Rejected by: HostAndPortTest "takes a host and a port apart"
package ch03;

import java.net.InetAddress;
import java.net.UnknownHostException;

public record HostAndPort(String host, int port) {
  public static HostAndPort parse(String text, int defaultPort) {
    String host;
    String port;
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      if (end < 0) throw new IllegalArgumentException("missing ] in " + text);
      host = text.substring(1, end);
      port = text.substring(end + 1);
    } else if (text.indexOf(':') == text.lastIndexOf(':') && text.contains(":")) {
      host = text.substring(0, text.indexOf(':'));
      port = text.substring(text.indexOf(':'));
    } else {
      host = text;
      port = "";
    }
    try {
      InetAddress.getByName(host);
    } catch (UnknownHostException unknown) {
      throw new IllegalArgumentException("no such host: " + host, unknown);
    }
    return new HostAndPort(host, port.isEmpty() ? defaultPort : number(port));
  }

  private static int number(String port) {
    if (!port.matches(":[0-9]{1,5}")) throw new IllegalArgumentException("not a port: " + port);
    int number = Integer.parseInt(port.substring(1));
    if (number < 1 || number > 65535) throw new IllegalArgumentException("not a port: " + port);
    return number;
  }
}
