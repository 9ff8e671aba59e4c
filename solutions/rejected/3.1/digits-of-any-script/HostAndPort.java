// Believes: Character.isDigit is true for 0 to 9.
// Rejected by: HostAndPortTest "refuses a port that is none"
package ch03;

import java.net.Inet6Address;

public record HostAndPort(String host, int port) {
  public static HostAndPort parse(String text, int defaultPort) {
    boolean bracketed = text.startsWith("[");
    int hostEnd = bracketed ? text.indexOf(']') + 1 : text.indexOf(':');
    boolean bare = !bracketed && hostEnd != text.lastIndexOf(':');
    if (hostEnd < 0 || bare) hostEnd = text.length();
    var host = text.substring(0, hostEnd);
    if (bracketed) host = host.substring(1, Math.max(1, hostEnd - 1));
    if (bracketed || bare) requireIPv6(host);
    else if (!host.matches("[A-Za-z0-9.-]+")) throw new IllegalArgumentException("name: " + host);

    var rest = text.substring(hostEnd);
    if (rest.isEmpty()) return new HostAndPort(host, defaultPort);
    var digits = rest.substring(1);
    boolean wellFormed =
        rest.charAt(0) == ':'
            && digits.length() >= 1
            && digits.length() <= 5
            && digits.chars().allMatch(Character::isDigit);
    int port = wellFormed ? Integer.parseInt(digits) : 0;
    if (port < 1 || port > 65535) throw new IllegalArgumentException("port: " + rest);
    return new HostAndPort(host, port);
  }

  private static void requireIPv6(String host) {
    if (host.startsWith("[")) throw new IllegalArgumentException("IPv6: " + host);
    Inet6Address.ofLiteral(host.replaceFirst("%[A-Za-z0-9]+$", ""));
  }
}
