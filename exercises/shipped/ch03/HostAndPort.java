package ch03;

/**
 * Exercise 3.1: host:port.
 *
 * <p>The terminals of the library read from a settings file where the catalog is. A person writes
 * that line, and it says a host, or a host and a port:
 *
 * <pre>
 * catalog.library.example            a name
 * catalog.library.example:8080       a name and a port
 * 192.168.0.7:8080                   an IPv4 literal and a port
 * [2001:db8::7]:8080                 an IPv6 literal and a port (RFC 3986, section 3.2.2)
 * [2001:db8::7]                      an IPv6 literal in brackets
 * 2001:db8::7                        an IPv6 literal: without brackets there is no port
 * </pre>
 *
 * @param host a name or a literal, as it was written, without brackets; {@code 2001:db8::7} stays
 *     {@code 2001:db8::7}
 * @param port 1 to 65535
 */
public record HostAndPort(String host, int port) {
  /**
   * Takes one line of the settings apart. Nobody is asked for an address: a terminal reads its
   * settings before there is a network.
   *
   * <ul>
   *   <li>A name or an IPv4 literal is one or more ASCII letters, digits, hyphens and dots. Whether
   *       there is such a host is not asked here.
   *   <li>An IPv6 literal is what RFC 4291, section 2.2, says; also with IPv4 at its end ({@code
   *       ::ffff:192.168.0.7}), also with a zone ({@code fe80::7%1}), which belongs to the host.
   *       {@link java.net.Inet6Address#ofLiteral} knows the form, and asks nobody. The interface of
   *       the zone may be one that this machine has not.
   *   <li>Brackets hold an IPv6 literal and nothing else.
   *   <li>A port is one to five ASCII digits, behind a colon. Where there is a colon for it, there
   *       is a port.
   *   <li>Nothing is left out, no blank either.
   * </ul>
   *
   * @param defaultPort 1 to 65535; the port if the text has none
   * @throws IllegalArgumentException if the text is anything else
   */
  public static HostAndPort parse(String text, int defaultPort) {
    // TODO: find the colon before the port, if there is one.
    throw new UnsupportedOperationException("TODO: exercise 3.1");
  }
}
