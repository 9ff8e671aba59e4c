package ch01;

import java.util.SequencedMap;

/**
 * Exercise 1.1: a correct reply.
 *
 * <p>The town library puts its catalog on the network. Readers look titles up with the browser they
 * have, so the catalog must say what a browser understands: an HTTP/1.1 response (RFC 9112,
 * sections 2.1, 4 and 5).
 *
 * <pre>
 * HTTP/1.1 200 OK                            status line: version, space, status, space, reason
 * Content-Type: text/plain; charset=utf-8    the headers, in the order given
 * Content-Length: 12                         the last header, added here
 *                                            a blank line ends the head
 * Grüße, 世                                   the body
 * </pre>
 *
 * <p>Status line, headers and blank line each end with CR LF, on every system. Nothing follows the
 * body.
 */
public final class Reply {
  private Reply() {}

  /**
   * Makes the bytes that go over the wire.
   *
   * @param status 100 to 599
   * @param reason a word for people, such as {@code Not Found}; may be empty, and then its space
   *     stays
   * @param headers name to value, in the order in which they are sent; stays as it is. All names,
   *     values and the reason are ASCII
   * @param body any text; may be empty. It is sent in UTF-8, and {@code Content-Length} counts its
   *     bytes (RFC 9110, section 8.6)
   * @throws IllegalArgumentException if the reason, a name or a value holds a CR or an LF: its
   *     author could add lines of their own. Also if a name is {@code Content-Length}, in upper or
   *     lower case: with two lengths, two readers see two different replies
   */
  public static byte[] bytes(
      int status, String reason, SequencedMap<String, String> headers, String body) {
    // TODO: refuse what the contract refuses, then build the reply.
    throw new UnsupportedOperationException("TODO: exercise 1.1");
  }
}
