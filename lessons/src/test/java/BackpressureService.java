import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Lesson 15, a chat room: the speaker hears its own lines, each with its name, and may hear those
 * of others in between.
 */
record BackpressureService(int port, int limit) implements Service {
  private static final List<String> LINES = List.of("Yaoyao, 你好", "Who reads what I say?");
  private static final Pattern SAID = Pattern.compile("Port ([0-9]+): (.*)");

  BackpressureService(Lesson lesson, Child server) throws InterruptedException {
    this(Service.port(server), lesson.limit("MAX_LINE_BYTES"));
  }

  @Override
  public byte[] request() {
    return request(LINES);
  }

  private static byte[] request(List<String> lines) {
    return (String.join("\n", lines) + "\nexit\n").getBytes(UTF_8);
  }

  @Override
  public void isTheReply(byte[] answer) {
    var text = new String(answer, UTF_8);
    assertThat(text).endsWith("\nGoodbye\n");
    var heard = text.lines().toList();
    assertThat(heard).first().asString().startsWith("Welcome.");
    var said = heard.subList(1, heard.size() - 1);
    assertThat(said).allMatch(line -> SAID.matcher(line).matches());
    var ports = said.stream().map(line -> part(line, 1)).distinct();
    assertThat(ports.map(port -> saidBy(port, said)).toList())
        .as("what each has said")
        .anyMatch(lines -> lines.equals(LINES) || lines.equals(LONGEST));
  }

  private static final List<String> LONGEST = List.of("y".repeat(4096));

  private static List<String> saidBy(String port, List<String> said) {
    return said.stream()
        .filter(line -> part(line, 1).equals(port))
        .map(line -> part(line, 2))
        .toList();
  }

  private static String part(String line, int group) {
    var found = SAID.matcher(line);
    if (!found.matches()) throw new IllegalArgumentException(line);
    return found.group(group);
  }

  /** It greets whoever comes. */
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
    return request(List.of("y".repeat(limit)));
  }

  @Override
  public byte[] tooLong() {
    return request(List.of("y".repeat(limit + 1)));
  }
}
