import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Lesson 04 with nobody at its keyboard: it answers by itself, line by line, until it is told. */
record ChatService(int port, int limit) implements Service {
  private static final String FIRST_LINE = "Yaoyao, 你好\n";
  private static final String REST = "0\nexit\n";
  private static final String REPLY =
      """
      Don't answer, don't answer, don't answer
      You entered 0
      exit
      """;

  ChatService(Lesson lesson, Child server) throws InterruptedException {
    this(Service.port(server), lesson.limit("MAX_LINE_BYTES"));
  }

  @Override
  public byte[] request() {
    return (FIRST_LINE + REST).getBytes(UTF_8);
  }

  @Override
  public void isTheReply(byte[] answer) {
    assertThat(new String(answer, UTF_8)).isEqualTo(REPLY);
  }

  /** Its answer to a line waits for no other. */
  @Override
  public int saidBeforeTheReply() {
    return FIRST_LINE.getBytes(UTF_8).length;
  }

  /** Between two lines a caller may go, and before the first one too. */
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
    return ("y".repeat(lineBytes) + "\n" + REST).getBytes(UTF_8);
  }
}
