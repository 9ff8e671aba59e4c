// Believes: every IPv6 literal becomes an Inet6Address.
// Rejected by: HostAndPortTest "takes the brackets off an IPv6 literal"
package ch03;

import java.net.Inet6Address;
import java.net.InetAddress;

public record HostAndPort(String host, int port) {
  public static HostAndPort parse(String text, int defaultPort) {
    if (text.startsWith("[") && text.contains("]")) {
      var host = text.substring(1, text.indexOf(']'));
      requireIPv6(host);
      return withPort(host, text.substring(host.length() + 2), defaultPort);
    }
    int colon = text.indexOf(':');
    if (colon != text.lastIndexOf(':')) {
      requireIPv6(text);
      return new HostAndPort(text, defaultPort);
    }
    var host = colon < 0 ? text : text.substring(0, colon);
    if (!host.matches("[A-Za-z0-9.-]+")) throw new IllegalArgumentException("no name: " + host);
    return withPort(host, text.substring(host.length()), defaultPort);
  }

  private static void requireIPv6(String host) {
    int zone = host.indexOf('%');
    var address = InetAddress.ofLiteral(zone > 0 ? host.substring(0, zone) : host);
    if (host.startsWith("[") || !(address instanceof Inet6Address)) {
      throw new IllegalArgumentException("no IPv6 literal: " + host);
    }
  }

  private static HostAndPort withPort(String host, String rest, int defaultPort) {
    if (rest.isEmpty()) return new HostAndPort(host, defaultPort);
    if (!rest.matches(":[0-9]{1,5}")) throw new IllegalArgumentException("no port: " + rest);
    int port = Integer.parseInt(rest.substring(1));
    if (port < 1 || port > 65535) throw new IllegalArgumentException("no port: " + rest);
    return new HostAndPort(host, port);
  }
}
