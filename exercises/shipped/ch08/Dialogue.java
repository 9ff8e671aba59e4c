package ch08;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Exercise 8.1: remove the stall.
 *
 * <p>The desk of the library asks the catalog, one question after the other, on one connection.
 * They are in the same room, and each answer takes more than 40 ms. Here is what is sent, a
 * question or an answer:
 *
 * <pre>
 * 00 00 00 0f  T I T L E   M o b y - D i c k
 * └─ header ─┘ └────────── body ───────────┘
 *  the bytes    text in UTF-8
 *  of the body,
 *  big-endian
 * </pre>
 *
 * <p>And this is how it has been sent so far, by both sides:
 *
 * <pre>
 * out.write(header);
 * out.write(body);
 * </pre>
 *
 * <p>Every byte of it is right, and stays as it is. What is wrong is how the bytes are given to the
 * socket. The administrators of the network do not want socket options in programs (chapter 8,
 * "When to leave a knob alone"), so the options of the socket stay as they are, too.
 *
 * <p>Source: RFC 896 for the sender's part in the stall, RFC 9293, section 3.8.6.3, for the
 * receiver's.
 */
public final class Dialogue {
  /** No body is longer, in bytes. */
  public static final int MAX_BYTES = 1024 * 1024;

  private final InputStream in;
  private final OutputStream out;

  /**
   * One end of a conversation.
   *
   * @param socket connected; it belongs to the caller, who closes it
   */
  public Dialogue(Socket socket) throws IOException {
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /**
   * The desk's part: sends a question and waits for the answer to it. The question, whatever its
   * length, is given to the socket in a single write.
   *
   * @param question of at most {@link #MAX_BYTES} bytes, as the answer is
   * @throws EOFException if the catalog ends the conversation before it has answered
   */
  public String ask(String question) throws IOException {
    // TODO: send the question, then hear the answer.
    throw new UnsupportedOperationException("TODO: exercise 8.1");
  }

  /**
   * The catalog's part: waits for one question and answers it. When this returns, the answer has
   * been given to the socket, in a single write.
   *
   * @param catalog makes the answer from the question
   * @return false if the desk has ended the conversation, and there was no question
   */
  public boolean answer(UnaryOperator<String> catalog) throws IOException {
    // TODO: hear a question, then send the answer.
    throw new UnsupportedOperationException("TODO: exercise 8.1");
  }

  /** The next question or answer; empty if the peer has said all. There is nothing to do here. */
  private Optional<String> hear() throws IOException {
    var header = in.readNBytes(Integer.BYTES);
    if (header.length == 0) return Optional.empty();
    if (header.length < Integer.BYTES) throw new EOFException("the end, within a header");
    int length = ByteBuffer.wrap(header).getInt();
    if (length < 0 || length > MAX_BYTES) throw new IOException("a body of " + length + " bytes");
    var body = in.readNBytes(length);
    if (body.length < length) throw new EOFException("the end, within a body");
    return Optional.of(new String(body, UTF_8));
  }
}
