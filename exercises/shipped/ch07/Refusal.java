package ch07;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Exercise 7.2: refuse politely.
 *
 * <p>A reader uploads a film to the library's archive, which takes scans. The head of the request
 * says how long the film is, so the archive need not see it to refuse (RFC 9110, section 15.5.14).
 *
 * <pre>
 * POST /scans HTTP/1.1␍␊
 * Content-Length: 4294967296␍␊
 * ␍␊                                 read already
 * the film                           still coming, and nobody wants it
 *
 * HTTP/1.1 413 Content Too Large␍␊   what the reader ought to see
 * </pre>
 *
 * <p>A browser sends all of its request before it looks at the answer. A server that closes while
 * bytes are unread, or still to come, answers them with a reset; the browser's next write fails,
 * and its reader is told "connection reset" (RFC 9112, section 9.6). So the server has to listen a
 * little longer, to a client that may be anyone.
 */
public final class Refusal {
  private Refusal() {}

  /**
   * Sends the reply, says that it is all, and drains what the client still sends: until the client
   * ends, or has had its share of bytes, or of time. Then it closes the connection, also when
   * something fails.
   *
   * <p>When the reply has been sent the refusal is done. A reset or a timeout after that is the
   * client's affair and no exception.
   *
   * @param client its request head has been read, its body has not
   * @param reply the whole of it, with status 413; a few KB, so that it fits into the send buffer
   * @param mostBytes no more than this is taken off the stream. It is more than the buffers of the
   *     kernel hold
   * @param patience how long the drain may last, all its reads together; 1 ms or more. Each read
   *     waits for what is left of it at most ({@code SO_TIMEOUT})
   * @param nanoTime what time it is, in nanoseconds from some origin: {@code System::nanoTime}
   * @throws IOException if the reply cannot be sent
   */
  public static void refuse(
      Socket client, byte[] reply, long mostBytes, Duration patience, LongSupplier nanoTime)
      throws IOException {
    // TODO: reply, half-close, drain, close.
    throw new UnsupportedOperationException("TODO: exercise 7.2");
  }
}
