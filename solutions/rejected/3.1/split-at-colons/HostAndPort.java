// Believes: split gives back all that stood between the colons.
// Rejected by: HostAndPortTest "refuses a port that is none"
package ch03;

import java.net.Inet6Address;

public record HostAndPort(String host, int port) {
  public static HostAndPort parse(String text, int defaultPort) {
    if (text.startsWith("[")) {
      var parts = text.substring(1).split("]:?");
      if (parts.length > 2 || !text.contains("]")) throw new IllegalArgumentException(text);
      if (parts.length == 2 && !text.contains("]:")) throw new IllegalArgumentException(text);
      return new HostAndPort(literal(parts[0]), parts.length == 2 ? number(parts[1]) : defaultPort);
    }
    var parts = text.split(":");
    if (parts.length > 2 || text.startsWith("::")) {
      return new HostAndPort(literal(text), defaultPort);
    }
    if (parts.length == 0 || !parts[0].matches("[A-Za-z0-9.-]+")) {
      throw new IllegalArgumentException(text);
    }
    return new HostAndPort(parts[0], parts.length == 2 ? number(parts[1]) : defaultPort);
  }

  private static String literal(String text) {
    if (text.contains("[")) throw new IllegalArgumentException(text);
    Inet6Address.ofLiteral(text.split("%")[0]);
    return text;
  }

  private static int number(String text) {
    int number = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : -1;
    if (number < 1 || number > 65535) throw new IllegalArgumentException(text);
    return number;
  }
}
