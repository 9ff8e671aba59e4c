// Believes: Integer.parseInt accepts what a port looks like, and nothing else.
// Rejected by: HostAndPortTest "refuses a port that is none"
package ch03;

import java.net.Inet6Address;

public record HostAndPort(String host, int port) {
  public static HostAndPort parse(String text, int defaultPort) {
    if (text.startsWith("[")) {
      int end = text.indexOf("]");
      if (end == -1) throw new IllegalArgumentException("Missing ]: " + text);
      String host = checkIPv6(text.substring(1, end));
      String rest = text.substring(end + 1);
      if (rest.isEmpty()) return new HostAndPort(host, defaultPort);
      if (!rest.startsWith(":")) throw new IllegalArgumentException("Expected ':' : " + text);
      return new HostAndPort(host, parsePort(rest.substring(1)));
    }
    int first = text.indexOf(":");
    if (first != text.lastIndexOf(":")) return new HostAndPort(checkIPv6(text), defaultPort);
    if (first == -1) return new HostAndPort(checkName(text), defaultPort);
    return new HostAndPort(
        checkName(text.substring(0, first)), parsePort(text.substring(first + 1)));
  }

  private static int parsePort(String text) {
    int port = Integer.parseInt(text); // NumberFormatException is an IllegalArgumentException
    if (port < 1 || port > 65535) throw new IllegalArgumentException("Port out of range: " + port);
    return port;
  }

  private static String checkName(String name) {
    if (!name.matches("[A-Za-z0-9.-]+")) throw new IllegalArgumentException("Bad name: " + name);
    return name;
  }

  private static String checkIPv6(String literal) {
    String address = literal.split("%", 2)[0];
    if (address.startsWith("[")) throw new IllegalArgumentException("Bad literal: " + literal);
    Inet6Address.ofLiteral(address);
    return literal;
  }
}
