package wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;

/** An address as people write it: PORT, HOST:PORT, [IPV6]:PORT, or a path with a slash in it. */
final class Endpoint {
  private static final int LAST_PORT = 65_535;

  private Endpoint() {}

  /**
   * A port alone is loopback's.
   *
   * @throws IllegalArgumentException if it is no address, or of a host that nobody knows
   */
  static SocketAddress parse(String text) {
    if (text.contains("/")) return UnixDomainSocketAddress.of(text);
    int colon = text.lastIndexOf(':');
    int port = port(text, text.substring(colon + 1));
    if (colon < 0) return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    var host = text.substring(0, colon);
    if (host.isEmpty()) throw new IllegalArgumentException("no host in " + text);
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException unknown) {
      throw new IllegalArgumentException("unknown host " + host, unknown);
    }
  }

  private static int port(String text, String digits) {
    if (!digits.matches("\\d{1,5}") || Integer.parseInt(digits) > LAST_PORT) {
      throw new IllegalArgumentException(
          "%s is no address: a port is a number from 0 to %d".formatted(text, LAST_PORT));
    }
    return Integer.parseInt(digits);
  }

  /** The way {@link #parse} reads it. */
  static String name(SocketAddress address) {
    if (!(address instanceof InetSocketAddress inet)) return address.toString();
    var host = inet.getAddress().getHostAddress();
    if (inet.getAddress().isLoopbackAddress()) host = "localhost";
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + inet.getPort();
  }
}
