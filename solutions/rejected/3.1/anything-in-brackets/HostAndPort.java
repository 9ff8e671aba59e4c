// Believes: whoever writes brackets writes IPv6 between them.
// Rejected by: HostAndPortTest "refuses a host that is none"
package ch03;

import java.net.Inet6Address;
import java.util.regex.Pattern;

public record HostAndPort(String host, int port) {
  private static final Pattern BRACKETED = Pattern.compile("\\[([^\\[\\]]+)](?::([0-9]{1,5}))?");
  private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9.-]+)(?::([0-9]{1,5}))?");

  public static HostAndPort parse(String text, int defaultPort) {
    for (var form : new Pattern[] {BRACKETED, NAMED}) {
      var match = form.matcher(text);
      if (!match.matches()) continue;
      var port = match.group(2) == null ? defaultPort : Integer.parseInt(match.group(2));
      if (port < 1 || port > 65535) throw new IllegalArgumentException("port " + port);
      return new HostAndPort(match.group(1), port);
    }
    if (text.startsWith("[")) throw new IllegalArgumentException(text);
    Inet6Address.ofLiteral(text.replaceFirst("%[A-Za-z0-9]+$", ""));
    return new HostAndPort(text, defaultPort);
  }
}
