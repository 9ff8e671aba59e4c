import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lesson 05 to a caller who asks for what is not on its list, and takes leave. No process is
 * started for that: what one takes is {@link FramingTest}'s concern.
 */
record FramingService(int port, int limit) implements Service {
  private static final String REQUEST = "whoami\nexit\n";

  FramingService(Lesson lesson, Child server) throws InterruptedException {
    this(Service.port(server), lesson.limit("MAX_LINE_BYTES"));
  }

  @Override
  public byte[] request() {
    return Site.bytes(REQUEST);
  }

  /** It answers a line as soon as it has it. */
  @Override
  public int saidBeforeTheReply() {
    return REQUEST.indexOf('\n') + 1;
  }

  @Override
  public boolean maySayNothing() {
    return true;
  }

  @Override
  public void isTheReply(byte[] answer) {
    var frames = Frames.of(answer);
    assertThat(frames.out()).isEmpty();
    assertThat(frames.err()).startsWith("refused, not on the list: whoami").endsWith("\n");
    assertThat(frames.exitCodes()).containsExactly(126, 0);
  }

  @Override
  public byte[] longest() {
    return lineOf(limit);
  }

  @Override
  public byte[] tooLong() {
    return lineOf(limit + 1);
  }

  private static byte[] lineOf(int length) {
    var command = "whoami ";
    return Site.bytes(command + "x".repeat(length - command.length()) + "\nexit\n");
  }
}
