package ch03;

import java.net.Inet6Address;
import java.util.regex.Pattern;

/** Exercise 3.1: host:port. */
public record HostAndPort(String host, int port) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.-]+");
  private static final Pattern ZONE = Pattern.compile("[A-Za-z0-9._-]+");
  private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
  private static final int MAX_PORT = 65535;

  public static HostAndPort parse(String text, int defaultPort) {
    int bracket = text.indexOf(']');
    if (text.startsWith("[") && bracket > 0) {
      var host = ipv6(text.substring(1, bracket));
      return new HostAndPort(host, port(text.substring(bracket + 1), defaultPort));
    }
    int colon = text.indexOf(':');
    if (colon != text.lastIndexOf(':')) return new HostAndPort(ipv6(text), defaultPort);

    int end = colon < 0 ? text.length() : colon;
    var host = text.substring(0, end);
    if (!NAME.matcher(host).matches()) throw new IllegalArgumentException("no host: " + host);
    return new HostAndPort(host, port(text.substring(end), defaultPort));
  }

  /**
   * Returns the literal as it was written: to whom the address is shown, it shall look familiar.
   */
  private static String ipv6(String literal) {
    int percent = literal.indexOf('%');
    var address = percent < 0 ? literal : literal.substring(0, percent);
    // ofLiteral takes brackets as well, and a zone only if this machine has the interface.
    boolean plain = !address.startsWith("[");
    boolean zoned = percent < 0 || ZONE.matcher(literal.substring(percent + 1)).matches();
    if (!plain || !zoned) throw new IllegalArgumentException("no IPv6 literal: " + literal);
    Inet6Address.ofLiteral(address);
    return literal;
  }

  /**
   * @param rest what stands behind the host: nothing, or a colon and a port
   */
  private static int port(String rest, int defaultPort) {
    if (rest.isEmpty()) return defaultPort;
    var digits = rest.substring(1);
    if (rest.charAt(0) == ':' && PORT.matcher(digits).matches()) {
      int port = Integer.parseInt(digits);
      if (port >= 1 && port <= MAX_PORT) return port;
    }
    throw new IllegalArgumentException("no port: " + rest);
  }
}
