import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lesson 06: a file is there whole, or not at all, whatever the other end does. */
class FileTransferTest {
  private static final Lesson LESSON = Lesson.named("L06FileTransfer");
  private static final List<String> LITTLE_MEMORY = List.of("-Xmx16m");
  private static final byte[] OLD = bytes("the picture of last year");
  private static final byte[] PICTURE = picture(300_015);

  @AutoClose private static Children children;
  @TempDir private static Path library;
  private static Child server;
  private static int port;

  @TempDir private Path desk;

  /** One server outlives all that these tests do to it. */
  @BeforeAll
  static void start() throws Exception {
    children = new Children();
    var command = Children.command(LESSON, LITTLE_MEMORY, "0", library.toString());
    server = children.start(command);
    port = Service.port(server);
  }

  @AfterEach
  void emptyTheLibrary() throws IOException {
    assertThat(server.isAlive()).isTrue();
    try (var files = Files.newDirectoryStream(library)) {
      for (var file : files) Files.delete(file);
    }
  }

  private static byte[] bytes(String text) {
    return FileTransferService.bytes(text);
  }

  private static byte[] picture(int size) {
    var picture = new byte[size];
    new Random(size).nextBytes(picture);
    return picture;
  }

  private static String digest(byte[] content) throws Exception {
    return FileTransferService.sha256(content);
  }

  private Child client(String order, int port, Path file) throws Exception {
    return children.start(
        Children.command(LESSON, LITTLE_MEMORY, order, "" + port, file.toString()));
  }

  private static void succeeds(Child client) throws Exception {
    assertThat(client.exitCode()).as(client.err()).isZero();
    assertThat(client.out()).contains("100 %").endsWith("the same at both ends\n");
    assertThat(client.err()).isEmpty();
  }

  private static String fails(Child client) throws Exception {
    assertThat(client.exitCode()).isEqualTo(1);
    assertThat(client.out()).doesNotContainPattern("[\\p{Cntrl}&&[^\n]]");
    var line = assertThat(client.errLines()).singleElement().asString();
    line.startsWith("port ").doesNotContainPattern("\\p{Cntrl}");
    return client.err();
  }

  /** The folder has this file with this content, and no other: no part of one either. */
  private static void holdsOnly(Path folder, String name, byte[] content) throws Exception {
    assertThat(folder).isDirectoryContaining(file -> file.getFileName().toString().equals(name));
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
    assertThat(folder.resolve(name)).hasBinaryContent(content);
  }

  /** What the server says to a caller who says this and no more. */
  private static String said(byte[]... parts) throws Exception {
    return said(port, parts);
  }

  private static String said(int port, byte[]... parts) throws Exception {
    try (var caller = Wire.call(port)) {
      for (var part : parts) caller.say(part);
      return new String(caller.finish().hearAllOrReset());
    }
  }

  private static void servesTheNext() throws Exception {
    servesTheNext(port);
  }

  private static void servesTheNext(int port) throws Exception {
    assertThat(said(port, bytes("post|next.txt|4\nnext"))).endsWith(digest(bytes("next")) + "\n");
    Files.delete(library.resolve("next.txt"));
  }

  private static List<Integer> sizes() {
    return Tier.ALL ? List.of(0, 1, 300_015, 5_000_000) : List.of(0, 300_015);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void aFileCrossesBothWays(int size) throws Exception {
    var file = Files.write(desk.resolve("sea.ppm"), picture(size));
    var post = client("post", port, file);
    assertThat(post.exitCode()).as(post.err()).isZero();
    holdsOnly(library, "sea.ppm", picture(size));

    Files.delete(file);
    var get = client("get", port, file);
    assertThat(get.exitCode()).as(get.err()).isZero();
    holdsOnly(desk, "sea.ppm", picture(size));
  }

  /** Twice what either end has for a heap. */
  @Test
  @Tag("all") // the digest of 32 MB, four times
  void aLargeFileTakesNoMoreMemoryThanASmallOne() throws Exception {
    var file = desk.resolve("large.ppm");
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(32 << 20);
    }
    succeeds(client("post", port, file));
    Files.delete(file);
    succeeds(client("get", port, file));
    assertThat(file).hasSize(32 << 20);
  }

  @Test
  void aSecondFileOfTheNameReplacesTheFirst() throws Exception {
    Files.write(library.resolve("sea.ppm"), OLD);
    succeeds(client("post", port, Files.write(desk.resolve("sea.ppm"), PICTURE)));
    holdsOnly(library, "sea.ppm", PICTURE);
  }

  @Test
  void anUploadThatIsCutAnywhereLeavesNothing() throws Exception {
    Files.write(library.resolve("sea.ppm"), OLD);
    var upload = concat(bytes("post|sea.ppm|" + PICTURE.length + "\n"), PICTURE);
    var random = new Random(6);
    for (int round = 0; round < (Tier.ALL ? 40 : 20); round++) {
      int cut = round < 10 ? round * 3 : random.nextInt(upload.length);
      int printed = server.printed();
      var caller = Wire.call(port).say(Arrays.copyOf(upload, cut));
      if (round % 2 == 0) caller.finish().hearAllOrReset();
      else caller.reset();
      server.awaitOut("lost: .*\\b(closed|reset)\\b", printed);
      caller.close();
      servesTheNext(); // it has cleaned up by then
      holdsOnly(library, "sea.ppm", OLD);
    }
  }

  private static byte[] concat(byte[] one, byte[] other) {
    var both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "+5", " 5", "5 ", "5.0", "0x5", "five", "1e9", "٥", "5|5"})
  void aSizeIsDigits(String size) throws Exception {
    assertThat(said(("post|sea.ppm|" + size + "\n").getBytes())).startsWith("error|");
    assertThat(library).isEmptyDirectory();
    servesTheNext();
  }

  @ParameterizedTest
  @ValueSource(strings = {"4294967297", "999999999999", "9223372036854775808", "99999999999999999"})
  void aSizeHasALimit(String size) throws Exception {
    assertThat(said(bytes("post|sea.ppm|" + size + "\n"))).matches("error\\|.*4294967296\n");
    assertThat(library).isEmptyDirectory();
    servesTheNext();
  }

  /** The size is a promise: with a heap of 16 MB, nothing may be set aside for it. */
  @Test
  void aLargePromiseCostsNothing() throws Exception {
    assertThat(said(bytes("post|sea.ppm|4294967296\nAtlas"))).isEqualTo("send it\n");
    server.awaitOut("lost: closed 4294967291 bytes too early");
    servesTheNext();
    assertThat(library).isEmptyDirectory();
  }

  @Test
  void bytesBeyondTheSizeAreNotOfTheFile() throws Exception {
    assertThat(said(bytes("post|atlas.txt|5\nAtlas of the world")))
        .isEqualTo("send it\n" + digest(bytes("Atlas")) + "\n");
    holdsOnly(library, "atlas.txt", bytes("Atlas"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../escaped", "..", ".", "", "/tmp/escaped", "desk/escaped", "..\\escaped", "C:escaped",
        "C:\\escaped", "%2e%2e%2fescaped", "\0", "sea.ppm\0.txt", ".hidden", "-rf", "~", "a b",
        "NUL:", "sea.ppm\r", "été"
      })
  void aNameThatIsMoreThanANameIsRefused(String name) throws Exception {
    for (var order : List.of("post|" + name + "|5\n", "get|" + name + "\n"))
      assertThat(said(order.getBytes())).startsWith("error|").doesNotContain("send it");
    assertThat(library).isEmptyDirectory();
    assertThat(library.resolveSibling("escaped")).doesNotExist();
    servesTheNext();
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "makes a symbolic link")
  void whatIsNoPlainFileIsRefused() throws Exception {
    var secret = Files.write(desk.resolve("secret.txt"), OLD);
    Files.createSymbolicLink(library.resolve("link"), secret);
    Files.createSymbolicLink(library.resolve("nowhere"), desk.resolve("none"));
    Files.createDirectory(library.resolve("folder"));
    for (var name : List.of("link", "nowhere", "folder")) {
      assertThat(said(bytes("get|" + name + "\n"))).startsWith("error|");
      assertThat(said(bytes("post|" + name + "|5\n"))).startsWith("error|");
    }
    holdsOnly(desk, "secret.txt", OLD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"get|none.ppm", "delete|sea.ppm", "get", "get|a|b", "GET|sea.ppm", "|", ""})
  void whatItDoesNotKnowItRefuses(String order) throws Exception {
    Files.write(library.resolve("sea.ppm"), OLD);
    assertThat(said(bytes(order + "\n"))).startsWith("error|");
    holdsOnly(library, "sea.ppm", OLD);
  }

  @Test
  void theClientSaysWhyItWasRefused() throws Exception {
    var file = Files.write(desk.resolve("two words.ppm"), PICTURE);
    assertThat(fails(client("post", port, file))).contains("they say not the name");
    assertThat(fails(client("get", port, desk.resolve("none.ppm")))).contains("they say no such");
    holdsOnly(desk, "two words.ppm", PICTURE);
  }

  @Test
  void theClientSaysWhichFileItHasNot() throws Exception {
    assertThat(fails(client("post", port, desk.resolve("none.ppm")))).contains("none.ppm");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "limits the size of files as Linux does")
  void aDiskThatIsFullEndsOneUpload() throws Exception {
    var java = Children.command(LESSON, LITTLE_MEMORY, "0", library.toString()).command();
    var quoted = String.join(" ", java.stream().map(word -> "'" + word + "'").toList());
    var limited = children.start(new ProcessBuilder("sh", "-c", "ulimit -f 100; exec " + quoted));
    int there = Service.port(limited);
    said(there, bytes("post|sea.ppm|" + PICTURE.length + "\n"), PICTURE);
    limited.awaitOut("lost: File too large");
    servesTheNext(there);
    assertThat(library).isEmptyDirectory();
  }

  /** A server that says this to whoever calls, and then closes. */
  private String getsFrom(boolean reset, byte[] answer) throws Exception {
    Files.write(desk.resolve("sea.ppm"), OLD);
    try (var listener = Wire.listen()) {
      var client = client("get", listener.getLocalPort(), desk.resolve("sea.ppm"));
      var peer = accept(listener, "get|sea.ppm\n");
      peer.say(answer);
      if (reset) {
        client.awaitOut("< 300015");
        peer.reset();
      }
      peer.close();
      var why = fails(client);
      holdsOnly(desk, "sea.ppm", OLD);
      return why;
    }
  }

  private static Wire accept(ServerSocket listener, String header) throws Exception {
    var peer = Wire.accept(listener);
    assertThat(peer.hear(header.length())).isEqualTo(bytes(header));
    return peer;
  }

  @Test
  void aDownloadThatIsCutAnywhereLeavesNothing() throws Exception {
    var answer = concat(bytes("300015\n"), PICTURE);
    var cuts = new Random(7).ints(Tier.ALL ? 4 : 2, 8, answer.length).toArray();
    for (int cut : cuts) getsFrom(cut % 2 == 0, Arrays.copyOf(answer, cut));
    assertThat(getsFrom(false, answer)).contains("closed before the end of a line"); // no digest
    assertThat(getsFrom(false, bytes("3000"))).contains("closed");
    assertThat(getsFrom(false, new byte[0])).contains("closed");
  }

  @ParameterizedTest
  @CsvSource({
    "'5\nAtlas0000\n', here it is",
    "'4\nAtlas0000\n', here it is",
    "'6\nAtlas\n0000', closed before",
    "'-1\nAtlas', not a size",
    "'4294967297\nAtlas', not a size",
    "'\u001b[2J\n', not a size",
    "'error|\u001b]0;title\u0007\n', they say",
    "'error|no such file\n', no such file",
  })
  void aServerThatLiesIsNotBelieved(String answer, String why) throws Exception {
    assertThat(getsFrom(false, answer.getBytes())).contains(why);
  }

  @Test
  void aServerMayBeSlowAndSplitWhatItSays() throws Exception {
    var answer = concat(bytes("1000\n"), picture(1000));
    try (var listener = Wire.listen()) {
      var client = client("get", listener.getLocalPort(), desk.resolve("sea.ppm"));
      try (var peer = accept(listener, "get|sea.ppm\n")) {
        for (byte next : answer) peer.say(next);
        peer.say(bytes(digest(picture(1000)))).say(bytes("\n"));
        succeeds(client);
      }
    }
    holdsOnly(desk, "sea.ppm", picture(1000));
  }

  @Test
  void theClientTrustsNoDigestButItsOwn() throws Exception {
    var file = Files.write(desk.resolve("sea.ppm"), PICTURE);
    try (var listener = Wire.listen()) {
      var client = client("post", listener.getLocalPort(), file);
      try (var peer = accept(listener, "post|sea.ppm|300015\n").say(bytes("send it\n"))) {
        assertThat(peer.hear(PICTURE.length)).isEqualTo(PICTURE);
        peer.say(bytes(digest(OLD) + "\n"));
      }
      assertThat(fails(client)).contains(digest(PICTURE));
    }
  }

  /** What it has sent is in a kernel, nobody knows in which: only an answer proves more. */
  @Test
  void theClientDoesNotTakeSentForReceived() throws Exception {
    var file = Files.write(desk.resolve("sea.ppm"), PICTURE);
    try (var listener = Wire.listen()) {
      var client = client("post", listener.getLocalPort(), file);
      try (var peer = accept(listener, "post|sea.ppm|300015\n").say(bytes("send it\n"))) {
        client.awaitOut("100 %");
        assertThat(peer.hear(1)).hasSize(1);
        peer.reset();
      }
      assertThat(fails(client)).contains("reset");
    }
  }

  /** Until the answer comes the client has nothing to say, and after a hang-up nothing to keep. */
  @Test
  void theClientWaitsForASilentServer() throws Exception {
    try (var listener = Wire.listen()) {
      var client = client("get", listener.getLocalPort(), desk.resolve("sea.ppm"));
      try (var peer = accept(listener, "get|sea.ppm\n")) {
        assertThat(client.isAlive()).isTrue();
        assertThat(peer.available()).isZero();
      }
      assertThat(fails(client)).contains("closed");
    }
    assertThat(desk).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "post",
        "get 8000",
        "post x y",
        "put 8000 y",
        "post 8000 y z",
        "8000 a b",
        "8000 a b c"
      })
  void halfAnOrderGetsTheUsage(String misuse) throws Exception {
    Usage.expect(LESSON, misuse.split(" "));
  }
}
