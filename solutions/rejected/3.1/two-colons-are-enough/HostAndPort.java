// Believes: what has two colons is an IPv6 address.
// Rejected by: HostAndPortTest "refuses a host that is none"
package ch03;

public record HostAndPort(String host, int port) {
  public static HostAndPort parse(String text, int defaultPort) {
    int bracket = text.lastIndexOf(']');
    if (bracket >= 0) {
      if (text.charAt(0) != '[' || text.lastIndexOf('[') > 0) throw wrong(text);
      var host = text.substring(1, bracket);
      if (host.chars().filter(c -> c == ':').count() < 2 || host.endsWith("%")) throw wrong(text);
      return new HostAndPort(host, portIn(text.substring(bracket + 1), defaultPort, text));
    }
    int colon = text.indexOf(':');
    if (colon >= 0 && text.indexOf(':', colon + 1) >= 0) return new HostAndPort(text, defaultPort);
    var host = colon < 0 ? text : text.substring(0, colon);
    if (!host.matches("[A-Za-z0-9.-]+")) throw wrong(text);
    return new HostAndPort(host, portIn(text.substring(host.length()), defaultPort, text));
  }

  private static int portIn(String rest, int defaultPort, String text) {
    if (rest.isEmpty()) return defaultPort;
    if (!rest.matches(":[0-9]{1,5}")) throw wrong(text);
    int port = Integer.parseInt(rest.substring(1));
    if (port < 1 || port > 65535) throw wrong(text);
    return port;
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException("not a host and a port: " + text);
  }
}
