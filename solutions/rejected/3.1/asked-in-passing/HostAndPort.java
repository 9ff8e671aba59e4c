// Believes: an InetSocketAddress is a host and a port, and nothing happens when one is made.
// Rejected by: HostAndPortTest "asks nobody for an address"
package ch03;

import java.net.InetSocketAddress;

public record HostAndPort(String host, int port) {
  public static HostAndPort parse(String text, int defaultPort) {
    var split = split(text);
    int port = defaultPort;
    if (split[1] != null) {
      if (!split[1].matches("[0-9]{1,5}"))
        throw new IllegalArgumentException("bad port in " + text);
      port = Integer.parseInt(split[1]);
      if (port == 0) throw new IllegalArgumentException("port 0");
    }
    // Throws if the port is too large.
    var address = new InetSocketAddress(split[0], port);
    return new HostAndPort(split[0], address.getPort());
  }

  private static String[] split(String text) {
    if (text.startsWith("[")) {
      int close = text.indexOf(']');
      if (close < 0) throw new IllegalArgumentException("bad brackets in " + text);
      var host = text.substring(1, close);
      if (close == text.length() - 1) return new String[] {host, null};
      if (text.charAt(close + 1) != ':') throw new IllegalArgumentException("junk in " + text);
      return new String[] {host, text.substring(close + 2)};
    }
    int colon = text.indexOf(':');
    if (colon < 0 || colon != text.lastIndexOf(':')) return new String[] {text, null};
    return new String[] {text.substring(0, colon), text.substring(colon + 1)};
  }
}
