// Believes: a number that is too large for an int looks too large.
// Rejected by: HostAndPortTest "refuses a port that is none"
package ch03;

import java.net.Inet6Address;

public record HostAndPort(String host, int port) {
  public static HostAndPort parse(String text, int defaultPort) {
    int at = 0;
    String host;
    if (text.startsWith("[")) {
      at = text.indexOf(']');
      if (at < 0) throw new IllegalArgumentException("']' expected");
      host = ipv6(text.substring(1, at++));
    } else if (text.indexOf(':') != text.lastIndexOf(':')) {
      return new HostAndPort(ipv6(text), defaultPort);
    } else {
      while (at < text.length() && text.charAt(at) != ':') at++;
      host = text.substring(0, at);
      if (!host.matches("[a-zA-Z0-9.-]+")) throw new IllegalArgumentException("host expected");
    }
    if (at == text.length()) return new HostAndPort(host, defaultPort);
    if (text.charAt(at++) != ':') throw new IllegalArgumentException("':' expected");

    int port = 0;
    for (; at < text.length(); at++) {
      char digit = text.charAt(at);
      if (digit < '0' || digit > '9') throw new IllegalArgumentException("digit expected");
      port = 10 * port + (digit - '0');
    }
    if (port < 1 || port > 65535) throw new IllegalArgumentException("port from 1 to 65535");
    return new HostAndPort(host, port);
  }

  private static String ipv6(String literal) {
    if (literal.startsWith("[")) throw new IllegalArgumentException("IPv6 literal expected");
    Inet6Address.ofLiteral(literal.replaceFirst("%\\w+$", ""));
    return literal;
  }
}
