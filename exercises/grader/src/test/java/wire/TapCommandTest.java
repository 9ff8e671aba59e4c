package wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static wire.Peer.PATIENCE;
import static wire.Peer.accept;
import static wire.Peer.connect;
import static wire.Peer.listen;
import static wire.Peer.read;
import static wire.Peer.readAll;
import static wire.Peer.send;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class TapCommandTest {
  private static final Pattern OPEN = Pattern.compile("Tap on localhost:(\\d+), in front of .*");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private TapCommand command(InputStream in) {
    return new TapCommand(
        in,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String complaint() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** A tap at work; the test stops it as Ctrl-C would. */
  private final class Running implements AutoCloseable {
    final PipedOutputStream keyboard = new PipedOutputStream();
    final TapCommand command = command(new PipedInputStream(keyboard));
    final FutureTask<Integer> code;
    final InetSocketAddress address;

    Running(String... arguments) throws IOException {
      code = new FutureTask<>(() -> command.execute(arguments));
      Thread.startVirtualThread(code);
      await().atMost(PATIENCE).until(() -> code.isDone() || printed().contains("\n"));
      var open = OPEN.matcher(printed().lines().findFirst().orElseThrow(this::failed));
      assertThat(open.matches()).isTrue();
      int port = Integer.parseInt(open.group(1));
      address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private AssertionError failed() {
      return new AssertionError(complaint());
    }

    @Override
    public void close() {
      command.stop();
    }
  }

  @Test
  void showsWhatHappensAndRecordsIt(@TempDir Path folder) throws Exception {
    var record = folder.resolve("recording.txt");
    try (var listener = listen()) {
      var target = "" + listener.getLocalPort();
      try (var tap = new Running("0", target, "--split-at", "5,6", "--record", "" + record)) {
        try (var client = connect(tap.address);
            var server = accept(listener)) {
          send(client, "hello, 世界\r\n");
          client.shutdownOutput();
          assertThat(readAll(server)).isEqualTo("hello, 世界\r\n");
          server.shutdownOutput();
          assertThat(readAll(client)).isEmpty();
        }
        tap.command.stop();
        assertThat(tap.code.get()).isEqualTo(TapCommand.DONE);
      }
    }
    var lines = printed().lines().skip(1).map(line -> line.substring(10)).toList();
    assertThat(lines)
        .containsExactly(
            "  1  client connects",
            "  1  server accepts",
            "  1  client →      5 hello",
            "  1  client →      1 ,",
            "  1  client →      9  世界␍␊",
            "  1  client sends no more (FIN)",
            "  1  server sends no more either (FIN)");
    var recording = Recording.parse(Files.readString(record));
    assertThat(recording.events()).hasSize(lines.size());
    assertThat(complaint()).isEmpty();
  }

  @Test
  void enterReleasesWhatIsStalled() throws Exception {
    try (var listener = listen();
        var tap =
            new Running("0", "" + listener.getLocalPort(), "--stall-after=2", "--from=client");
        var client = connect(tap.address);
        var server = accept(listener)) {
      send(client, "stop");
      assertThat(read(server, 2)).isEqualTo("st");
      await().atMost(PATIENCE).until(() -> printed().contains("client is held"));
      tap.keyboard.write('\n');
      tap.keyboard.flush();
      assertThat(read(server, 2)).isEqualTo("op");
    }
  }

  @Test
  void aTargetThatRefusesIsOneLineAndTheTapGoesOn() throws Exception {
    int nobody;
    try (var gone = listen()) {
      nobody = gone.getLocalPort();
    }
    try (var tap = new Running("0", "" + nobody)) {
      for (int i = 1; i <= 2; i++) {
        int number = i;
        connect(tap.address).close();
        await().atMost(PATIENCE).until(() -> printed().contains(number + "  server refuses"));
      }
    }
    assertThat(complaint()).isEmpty();
  }

  @Test
  void aListenerThatIsTakenIsOneLine() throws Exception {
    try (var listener = listen()) {
      var taken = "" + listener.getLocalPort();
      assertThat(command(InputStream.nullInputStream()).execute(taken, "80"))
          .isEqualTo(TapCommand.TAKEN);
      assertThat(complaint()).startsWith("tap: cannot listen on " + taken).hasLineCount(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "9000",
        "9000 8080 7070",
        "70000 8080",
        "9000 0",
        "9000 :80",
        "9000 eighty",
        "9000 8080 --split 0",
        "9000 8080 --split many",
        "9000 8080 --split-at 3,-1",
        "9000 8080 --accept-late -1",
        "9000 8080 --from me",
        "9000 8080 --drop 0.5",
        "9000 8080 --udp --drop 1.5",
        "9000 8080 --udp --split 1",
        "9000 /a/path --udp",
        "9000 8080 --nonsense"
      })
  void aMistakeIsOneLine(String arguments) {
    var words = arguments.isEmpty() ? new String[0] : arguments.split(" ");
    assertThat(command(InputStream.nullInputStream()).execute(words)).isEqualTo(TapCommand.USAGE);
    assertThat(complaint()).startsWith("tap: ").endsWith("(see --help)\n").hasLineCount(1);
    assertThat(complaint().strip().length()).isLessThanOrEqualTo(80);
    assertThat(printed()).isEmpty();
  }

  @Test
  void aRecordingThatCannotBeWrittenIsKnownAtOnce(@TempDir Path folder) {
    var nowhere = "" + folder.resolve("no").resolve("such");
    assertThat(command(InputStream.nullInputStream()).execute("0", "80", "--record", nowhere))
        .isEqualTo(TapCommand.UNWRITTEN);
    assertThat(complaint()).isEqualTo("tap: cannot write " + nowhere + "\n");
  }

  @Test
  void helpFitsTheTerminal() {
    assertThat(command(InputStream.nullInputStream()).execute("--help")).isEqualTo(TapCommand.DONE);
    assertThat(printed().lines()).allMatch(line -> line.length() <= 80);
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8,    '    1.500   1  client →    200 GET /␍␊世'",
    "US-ASCII, '    1.500   1  client ->    200 GET /\\r\\n\\u4e16'"
  })
  void aLongLineIsCutAtTheColumns(String charset, String begin) {
    var bytes = ("GET /\r\n世" + "x".repeat(200)).getBytes(StandardCharsets.UTF_8);
    var event = new Event(1_500_000_000L, 1, Side.CLIENT, Act.DATA, bytes, 200 + 10);
    var line = new EventLine(80, Charset.forName(charset)).of(event);
    assertThat(line).startsWith(begin.replace("200 GET", "210 GET"));
    assertThat(line).endsWith(charset.equals("UTF-8") ? "x…" : "x...");
    assertThat(line.length()).isEqualTo(charset.equals("UTF-8") ? 79 : 80); // 世 is wide
  }

  @Test
  void aTerminalIsNotCommandedByWhatPasses() {
    var bytes = "\u001b[2J\u009b2J\u202e".getBytes(StandardCharsets.UTF_8);
    var line = new EventLine(80, StandardCharsets.UTF_8).of(Event.data(0, 1, Side.SERVER, bytes));
    assertThat(line).endsWith("␛[2J\\u009b2J\\u202e");
  }

  @Test
  void anAddressIsNamedTheWayItIsWritten() {
    for (var text : new String[] {"localhost:80", "192.0.2.1:80", "/tmp/socket"}) {
      assertThat(Endpoint.name(Endpoint.parse(text))).isEqualTo(text);
    }
    assertThat(Endpoint.name(Endpoint.parse("80"))).isEqualTo("localhost:80");
    assertThat(Endpoint.parse("[2001:db8::1]:80"))
        .isEqualTo(new InetSocketAddress("2001:db8::1", 80));
  }
}
