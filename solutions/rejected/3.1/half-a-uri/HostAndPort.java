// Believes: host:port is a URI without its beginning, so java.net.URI can read it.
// Rejected by: HostAndPortTest "takes an IPv6 literal without brackets for a host without a port"
package ch03;

import java.net.URI;

public record HostAndPort(String host, int port) {
  public static HostAndPort parse(String text, int defaultPort) {
    var uri = URI.create("tcp://" + text);
    var host = uri.getHost();
    if (host == null || uri.getPort() == 0 || uri.getPort() > 65535) {
      throw new IllegalArgumentException("not a host and a port: " + text);
    }
    if (host.startsWith("[")) host = host.substring(1, host.length() - 1);
    return new HostAndPort(host, uri.getPort() == -1 ? defaultPort : uri.getPort());
  }
}
