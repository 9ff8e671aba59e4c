// Believes: one call of mine is one write.
// Rejected by: DialogueTest "gives each question to the socket in one write"
package ch08;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.UnaryOperator;

public final class Dialogue {
  public static final int MAX_BYTES = 1024 * 1024;

  private final InputStream in;
  private final OutputStream out;

  public Dialogue(Socket socket) throws IOException {
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  public String ask(String question) throws IOException {
    send(question);
    return hear().orElseThrow(EOFException::new);
  }

  public boolean answer(UnaryOperator<String> catalog) throws IOException {
    var question = hear();
    if (question.isEmpty()) return false;
    send(catalog.apply(question.get()));
    return true;
  }

  private void send(String text) throws IOException {
    var body = text.getBytes(UTF_8);
    var header = ByteBuffer.allocate(Integer.BYTES).putInt(body.length).array();
    var message =
        new SequenceInputStream(new ByteArrayInputStream(header), new ByteArrayInputStream(body));
    message.transferTo(out);
  }

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
