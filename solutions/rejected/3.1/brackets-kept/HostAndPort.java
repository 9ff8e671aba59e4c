// Believes: the brackets are part of an IPv6 address.
// Rejected by: HostAndPortTest "takes the brackets off an IPv6 literal"
package ch03;

import java.util.regex.Pattern;

public record HostAndPort(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+(?:%\\w+)?]|[\\w.-]+)(?::([0-9]{1,5}))?");

  public static HostAndPort parse(String text, int defaultPort) {
    if (text.indexOf(':') != text.lastIndexOf(':') && !text.startsWith("[")) {
      return new HostAndPort(text, defaultPort);
    }
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) throw new IllegalArgumentException(text);
    if (matcher.group(2) == null) return new HostAndPort(matcher.group(1), defaultPort);
    int port = Integer.parseInt(matcher.group(2));
    if (port < 1 || port > 65535) throw new IllegalArgumentException(text);
    return new HostAndPort(matcher.group(1), port);
  }
}
