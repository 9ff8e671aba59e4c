// Believes: a port is a number of 16 bits, so 0 is one as well.
// Rejected by: HostAndPortTest "refuses a port that is none"
package ch03;

import java.net.Inet6Address;

public record HostAndPort(String host, int port) {
  public HostAndPort {
    if ((port & 0xFFFF) != port) throw new IllegalArgumentException("no port: " + port);
  }

  public static HostAndPort parse(String text, int defaultPort) {
    if (text.startsWith("[")) {
      var parts = text.substring(1).split("]", 2);
      if (parts.length < 2) throw new IllegalArgumentException("no closing bracket: " + text);
      return new HostAndPort(literal(parts[0]), port(parts[1], defaultPort));
    }
    if (text.chars().filter(c -> c == ':').count() > 1) {
      return new HostAndPort(literal(text), defaultPort);
    }
    int end = text.contains(":") ? text.indexOf(':') : text.length();
    if (!text.substring(0, end).matches("[\\w.-]+")) throw new IllegalArgumentException(text);
    return new HostAndPort(text.substring(0, end), port(text.substring(end), defaultPort));
  }

  private static String literal(String host) {
    if (host.startsWith("[")) throw new IllegalArgumentException("brackets twice: " + host);
    Inet6Address.ofLiteral(host.replaceFirst("%\\w+$", ""));
    return host;
  }

  private static int port(String rest, int defaultPort) {
    if (rest.isEmpty()) return defaultPort;
    if (!rest.matches(":[0-9]{1,5}")) throw new IllegalArgumentException("no port: " + rest);
    return Integer.parseInt(rest.substring(1));
  }
}
