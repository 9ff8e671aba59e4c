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

/** Exercise 8.1: remove the stall. */
public final class Dialogue {
  public static final int MAX_BYTES = 1024 * 1024;

  private final InputStream in;
  private final OutputStream out;

  public Dialogue(Socket socket) throws IOException {
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  public String ask(String question) throws IOException {
    say(question);
    return hear().orElseThrow(() -> new EOFException("the end, and no answer"));
  }

  public boolean answer(UnaryOperator<String> catalog) throws IOException {
    var question = hear();
    if (question.isPresent()) say(catalog.apply(question.get()));
    return question.isPresent();
  }

  /** Header and body put together here, since nobody behind the socket can be relied on to. */
  private void say(String text) throws IOException {
    var body = text.getBytes(UTF_8);
    var message = ByteBuffer.allocate(Integer.BYTES + body.length).putInt(body.length).put(body);
    out.write(message.array());
  }

  /** The next question or answer; empty if the peer has said all. */
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
