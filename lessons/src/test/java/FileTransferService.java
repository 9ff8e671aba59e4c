import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Lesson 06 as its callers see it: five bytes posted, and the digest of them. */
final class FileTransferService implements Service {
  private static final String CONTENT = "Atlas";

  private final int port;
  private final int limit;
  private final String reply;

  FileTransferService(Lesson lesson, Child server) throws Exception {
    port = Service.port(server);
    limit = lesson.limit("MAX_LINE_BYTES");
    reply = "send it\n" + sha256(bytes(CONTENT)) + "\n";
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static String sha256(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  private static String header(String name) {
    return "post|" + name + "|" + CONTENT.length();
  }

  private static byte[] post(String name) {
    return bytes(header(name) + "\n" + CONTENT);
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public byte[] request() {
    return post("atlas.txt");
  }

  @Override
  public void isTheReply(byte[] answer) {
    assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo(reply);
  }

  /** The server asks for the file before it has a byte of it. */
  @Override
  public int saidBeforeTheReply() {
    return header("atlas.txt").length() + 1;
  }

  @Override
  public int limit() {
    return limit;
  }

  @Override
  public byte[] longest() {
    return post("x".repeat(limit - header("").length()));
  }

  @Override
  public byte[] tooLong() {
    return post("x".repeat(limit - header("").length() + 1));
  }
}
