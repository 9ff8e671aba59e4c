// Believes: without a port it is the web, and the web is at port 80.
// Rejected by: HostAndPortTest "uses the default port where none is written"
package ch03;

public record HostAndPort(String host, int port) {
  private static final int HTTP = 80;

  public static HostAndPort parse(String text, int defaultPort) {
    int colons = text.length() - text.replace(":", "").length();
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      if (end < 0) throw new IllegalArgumentException("unclosed bracket");
      var rest = text.substring(end + 1);
      return new HostAndPort(text.substring(1, end), rest.isEmpty() ? HTTP : port(rest));
    }
    if (colons > 1) return new HostAndPort(text, HTTP);
    if (colons == 0) return new HostAndPort(text, HTTP);
    int colon = text.indexOf(':');
    return new HostAndPort(text.substring(0, colon), port(text.substring(colon)));
  }

  private static int port(String withColon) {
    if (!withColon.matches(":[0-9]{1,5}")) throw new IllegalArgumentException(withColon);
    int port = Integer.parseInt(withColon.substring(1));
    if (port < 1 || port > 65535) throw new IllegalArgumentException(withColon);
    return port;
  }
}
