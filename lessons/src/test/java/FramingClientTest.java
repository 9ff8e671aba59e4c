import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lesson 05 as a client: of a server that is slow, gone, or does not tell the truth. */
class FramingClientTest {
  private static final byte[] OUT = Frames.frame(Frames.STDOUT, "é€😀\n".getBytes(UTF_8));
  private static final byte[] ERR = Frames.frame(Frames.STDERR, "no such file\n".getBytes(UTF_8));

  @AutoClose private final Children children = new Children();
  @AutoClose private ServerSocket listener;

  @BeforeEach
  void listen() throws Exception {
    listener = Wire.listen();
  }

  private Child ask(String... command) throws Exception {
    var args = new String[2 + command.length];
    args[0] = "run";
    args[1] = "" + listener.getLocalPort();
    System.arraycopy(command, 0, args, 2, command.length);
    return children.run(Lesson.named("L05Framing"), args);
  }

  private Wire asked(String line) throws Exception {
    var server = Wire.accept(listener);
    assertThat(server.hear(line.length() + 1)).asString().isEqualTo(line + "\n");
    return server;
  }

  private static void isLost(Child client, String why) throws Exception {
    assertThat(client.exitCode()).isEqualTo(255);
    assertThat(client.errLines()).singleElement().isEqualTo("lost: " + why);
  }

  @Test
  void exitsWithTheCommandsCodeAndKeepsItsStreamsApart() throws Exception {
    var client = ask("ls", "-l", "there");
    try (var server = asked("ls -l there")) {
      server.say(OUT).say(ERR).say(OUT).say(Frames.exit(7));
      assertThat(client.exitCode()).isEqualTo(7);
      assertThat(client.out()).isEqualTo("é€😀\né€😀\n");
      assertThat(client.err()).isEqualTo("no such file\n");
    }
  }

  @Test
  void putsFramesTogetherHoweverTheyCome() throws Exception {
    var client = ask("ls");
    try (var server = asked("ls")) {
      for (byte next : OUT) server.say(next);
      server.say(Frames.frame(Frames.STDOUT));
      for (byte next : Frames.exit(0)) server.say(next);
      assertThat(client.exitCode()).isZero();
      assertThat(client.out()).isEqualTo("é€😀\n");
    }
  }

  @Test
  void skipsAFrameOfATypeThatItDoesNotKnow() throws Exception {
    var client = ask("ls");
    try (var server = asked("ls")) {
      server.say(Frames.frame(200, new byte[500])).say(Frames.exit(0));
      assertThat(client.exitCode()).isZero();
      assertThat(client.out()).isEmpty();
    }
  }

  @Test
  void asksOneAfterTheOtherUntilExit() throws Exception {
    var client = ask().feed("ls\nuptime\nexit\n".getBytes(UTF_8));
    try (var server = asked("ls")) {
      server.say(OUT).say(Frames.exit(0));
      assertThat(server.hear(7)).asString().isEqualTo("uptime\n");
      server.say(Frames.exit(127));
      assertThat(server.hearAll()).isEmpty();
    }
    assertThat(client.exitCode()).isZero();
    assertThat(client.out()).isEqualTo("> é€😀\nexit code 0\n> exit code 127\n> ");
  }

  /** Or there would be two lines, and two answers. */
  @Test
  void putsNoDelimiterIntoALine() throws Exception {
    var client = ask("ls", "a\nrm", "b");
    try (var server = asked("ls a rm b")) {
      server.say(Frames.exit(0));
    }
    assertThat(client.exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {16 * 1024 + 1, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
  void believesNoLengthOverItsLimit(int length) throws Exception {
    var client = ask("ls");
    try (var server = asked("ls")) {
      server.say(ByteBuffer.allocate(5).put((byte) Frames.STDOUT).putInt(length).array());
      isLost(client, "a frame of %,d bytes".formatted(Integer.toUnsignedLong(length)));
    }
  }

  @Test
  void takesTheLongestFrame() throws Exception {
    var client = ask("ls");
    try (var server = asked("ls")) {
      server.say(Frames.frame(Frames.STDOUT, new byte[16 * 1024])).say(Frames.exit(0));
      assertThat(client.exitCode()).isZero();
      assertThat(client.outBytes()).hasSize(16 * 1024);
    }
  }

  /** Before the first frame, within one, and between two: no exit code, no answer. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 5, 10, 15})
  void tellsAnEndFromAnAnswer(int bytes) throws Exception {
    var client = ask("ls");
    try (var server = asked("ls")) {
      server.say(Arrays.copyOf(OUT, bytes)).finish();
      isLost(client, "closed too early");
    }
  }

  @Test
  void tellsAnExitCodeWithoutACode() throws Exception {
    var client = ask("ls");
    try (var server = asked("ls")) {
      server.say(Frames.frame(Frames.EXIT, new byte[3]));
      isLost(client, "closed too early");
    }
  }

  @Test
  void tellsAReset() throws Exception {
    var client = ask("ls");
    asked("ls").say(OUT).reset();
    isLost(client, "Connection reset");
  }

  @Test
  void tellsThatNobodyListens() throws Exception {
    listener.close();
    isLost(ask("ls"), "Connection refused");
  }
}
