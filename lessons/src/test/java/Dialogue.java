import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/** What lessons 12 to 19 serve, each in its own way: a greeting, then a line for each line. */
record Dialogue(int port, int limit) implements Service {
  static final String GREETING = "Welcome. Enter 0, or exit.\n";

  Dialogue(Lesson lesson, Child server) throws InterruptedException {
    this(Service.port(server), lesson.limit("MAX_LINE_BYTES"));
  }

  @Override
  public byte[] request() {
    return bytes("hello there\r\n0\nexit\n");
  }

  @Override
  public void isTheReply(byte[] answer) {
    var text = new String(answer, ISO_8859_1);
    assertThat(text).startsWith(GREETING).endsWith("\nYou entered 0\nGoodbye\n");
    assertThat(text.lines()).hasSize(4);
  }

  /** The server speaks first. */
  @Override
  public int saidBeforeTheReply() {
    return 0;
  }

  @Override
  public boolean maySayNothing() {
    return true;
  }

  @Override
  public byte[] longest() {
    return requestWith(limit);
  }

  @Override
  public byte[] tooLong() {
    return requestWith(limit + 1);
  }

  private static byte[] requestWith(int lineBytes) {
    return bytes("y".repeat(lineBytes) + "\n0\nexit\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
