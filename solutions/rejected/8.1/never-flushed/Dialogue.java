// Believes: a buffered stream passes on what it has when somebody waits for it.
// Rejected by: DialogueTest "has the whole question on the wire before it waits"
package ch08;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.UnaryOperator;

public final class Dialogue {
  public static final int MAX_BYTES = 1024 * 1024;

  private final InputStream in;
  private final DataOutputStream out;

  public Dialogue(Socket socket) throws IOException {
    in = new BufferedInputStream(socket.getInputStream());
    out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
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
    byte[] body = text.getBytes(UTF_8);
    out.writeInt(body.length);
    out.write(body);
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
