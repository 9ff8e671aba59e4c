// Believes: the last colon is always the one before the port.
// Rejected by: HostAndPortTest "takes an IPv6 literal without brackets for a host without a port"
package ch03;

public record HostAndPort(String host, int port) {
  public static HostAndPort parse(String text, int defaultPort) {
    var host = text;
    int port = defaultPort;
    int colon = text.lastIndexOf(':');
    if (colon >= 0 && !text.endsWith("]")) {
      host = text.substring(0, colon);
      port = toPort(text.substring(colon + 1));
    }
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (host.isEmpty()) throw new IllegalArgumentException("no host in " + text);
    return new HostAndPort(host, port);
  }

  private static int toPort(String digits) {
    if (!digits.matches("[0-9]{1,5}")) throw new IllegalArgumentException("port: " + digits);
    int port = Integer.parseInt(digits);
    if (port == 0 || port > 65535) throw new IllegalArgumentException("port: " + digits);
    return port;
  }
}
