package launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("With JBang, the launcher")
@Tag("all")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "skipped: needs a POSIX shell")
class JBangTest {
  private static final int NO_JBANG = 70;

  @TempDir static Path temp;

  /** Where the build of this workbook keeps what Maven has fetched. */
  private static final Path FETCHED =
      Path.of(
          System.getProperty(
              "localRepository", System.getProperty("user.home") + "/.m2/repository"));

  /** JBang, in {@link #FETCHED}. */
  private static Path genuine;

  private Sandbox sandbox;

  @BeforeAll
  static void haveJBang() throws Exception {
    var first = Sandbox.in(temp);
    first.settings().put("JBANG_REPO", FETCHED.toString());
    var result = first.jbang("version");
    assumeTrue(result.code() != NO_JBANG, () -> "skipped: " + result.err());
    var version = result.out().strip();
    genuine = FETCHED.resolve(place(version));
    assertThat(genuine).exists();
  }

  @BeforeEach
  void anotherMachine() throws Exception {
    sandbox = Sandbox.in(temp);
  }

  /** The user's settings say that whatever Maven or JBang wants is to be had here. */
  private static void mirror(Sandbox sandbox, String url) throws IOException {
    var settings = sandbox.home().resolve(".m2/settings.xml");
    Files.createDirectories(settings.getParent());
    Files.writeString(
        settings,
        """
        <settings>
          <mirrors>
            <mirror>
              <id>near</id>
              <mirrorOf>*</mirrorOf>
              <url>%s</url>
            </mirror>
          </mirrors>
        </settings>
        """
            .formatted(url));
  }

  private static Path place(String version) {
    return Path.of("dev/jbang/jbang-cli", version, "jbang-cli-" + version + "-all.jar");
  }

  @Nested
  @DisplayName("fetches it")
  class Fetches {
    /** Where JBang is to arrive. */
    private Path jar;

    @BeforeEach
    void emptyHome() {
      jar = sandbox.home().resolve(".m2/repository").resolve(FETCHED.relativize(genuine));
    }

    @Test
    @DisplayName("through Maven, as the user's settings want it")
    void throughMaven() throws Exception {
      mirror(sandbox, FETCHED.toUri().toString());

      assertWorks(sandbox.jbang("version"));
      assertThat(jar.resolveSibling("_remote.repositories")).content().contains(">near=");
      assertThat(sandbox.cache()).isEmptyDirectory();
      assertThat(sandbox.jbang("version").err()).as("the second time").isEmpty();
    }

    @Test
    @DisplayName("again when it is damaged, by as little as one byte")
    void heals() throws Exception {
      var damaged = Files.readAllBytes(genuine);
      damaged[5000] ^= 1;
      Files.createDirectories(jar.getParent());
      Files.write(jar, damaged);
      maven("[ ! -e \"$JAR\" ] && mkdir -p \"${JAR%/*}\" && cp \"$GENUINE\" \"$JAR\"");

      assertWorks(sandbox.jbang("version"));
    }

    @Test
    @DisplayName("but runs nothing that has another checksum")
    void refuses() throws Exception {
      maven("mkdir -p \"${JAR%/*}\" && echo something else >\"$JAR\"");

      assertFails(
          sandbox.jbang("version"),
          "what came isn't version [0-9.]+ \\(its SHA-256 differs\\), and was thrown away");
      assertThat(jar).doesNotExist();
    }

    @Test
    @DisplayName("or says why Maven could not")
    void saysWhatMavenSaid() throws Exception {
      maven(
          """
          echo '[ERROR] [ERROR] Some problems were encountered while processing the POMs:'
          echo '[ERROR]     Unresolveable: Plugin x:y could not be resolved: no route to host -> [Help 2]'
          exit 1
          """);

      assertFails(sandbox.jbang("version"), "Maven says: no route to host");
    }

    @Test
    @DisplayName("unless there is no Maven")
    void withoutMaven() throws Exception {
      sandbox.settings().put("PATH", onlyTools());

      var result = sandbox.jbang("version");

      assertThat(result.code()).isEqualTo(NO_JBANG);
      assertThat(result.err())
          .startsWith("jbang: neither JBang nor Maven is on the PATH;")
          .hasLineCount(1);
    }

    /** A Maven that does this. */
    private void maven(String shellScript) throws IOException {
      sandbox.settings().put("GENUINE", genuine.toString());
      sandbox.settings().put("JAR", jar.toString());
      sandbox.program("mvn", shellScript);
    }

    private void assertWorks(Sandbox.Result result) {
      assertThat(result.err()).matches("Fetching JBang [0-9.]+ \\(9 MB, once\\) …\n");
      assertThat(result.out()).matches("[0-9.]+\n");
      assertThat(result.code()).isZero();
      assertThat(jar).hasSameBinaryContentAs(genuine);
    }

    private void assertFails(Sandbox.Result result, String reason) {
      assertThat(result.err())
          .matches("Fetching JBang .*\njbang: could not fetch JBang: " + reason + "\n");
      assertThat(result.code()).isEqualTo(NO_JBANG);
      assertThat(result.out()).isEmpty();
      assertThat(sandbox.cache()).isEmptyDirectory();
    }
  }

  @Nested
  @DisplayName("finds the libraries of a script")
  class FindsLibraries {
    /** A library of the workbook's own tools. */
    private Path library;

    @BeforeEach
    void needOne() throws Exception {
      var name = libraryOf("exercises/grader/src/main/java/wire/TapCommand.java");
      var version = name.substring(name.lastIndexOf(':') + 1);
      var place = Path.of("info/picocli/picocli", version);
      // A repository of its own, so that something can be missing from it.
      var repository = sandbox.home().resolve(".m2/repository");
      copy(FETCHED.resolve(place), repository.resolve(place));
      copy(genuine.getParent(), repository.resolve(FETCHED.relativize(genuine.getParent())));
      library = repository.resolve(place).resolve("picocli-" + version + ".jar");
      sandbox.edit(sandbox.script(), "//JAVA 25+", "//JAVA 25+\n//DEPS " + name);
      sandbox.edit(sandbox.script(), "More.SAID", "picocli.CommandLine.VERSION");
    }

    @Test
    @DisplayName("once, and again when one is gone")
    void once() throws Exception {
      var first = sandbox.jbang("probe", "more");
      assertThat(first.err())
          .isEqualTo(
              """
              Finding the libraries of probe (once; 1 MB where they aren't here yet) …
              Compiling probe (once) …
              """);
      assertThat(first.out()).matches("[0-9.]+12\n");

      var second = sandbox.jbang("probe", "more");
      assertThat(second.err()).isEmpty();
      assertThat(second.out()).isEqualTo(first.out());

      Files.delete(library);
      mirror(sandbox, FETCHED.toUri().toString());
      assertThat(sandbox.jbang("probe", "more").err()).startsWith("Finding");
      assertThat(library).exists();
    }

    @Test
    @DisplayName("until Ctrl-C: silence, and nothing is left")
    void interrupted() throws Exception {
      Files.delete(library);
      var begun = sandbox.folder().resolve("begun");
      sandbox.settings().put("BEGUN", begun.toString());
      try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        mirror(sandbox, "http://localhost:" + silent.getLocalPort());
        var asked = Thread.ofVirtual().start(() -> answerNothing(silent, begun));

        var result = sandbox.interrupted("until [ -e \"$BEGUN\" ]; do sleep 0.1; done", "probe");
        asked.join();

        assertThat(result.code()).isEqualTo(130);
        assertThat(result.err()).startsWith("Finding").hasLineCount(1);
        assertThat(sandbox.cache()).isEmptyDirectory();
      }
    }

    private static String libraryOf(String script) throws IOException {
      var directive = "//DEPS ";
      return Files.readAllLines(Sandbox.workbook().resolve(script)).stream()
          .filter(line -> line.startsWith(directive))
          .map(line -> line.substring(directive.length()))
          .findFirst()
          .orElseThrow();
    }

    private static void answerNothing(ServerSocket silent, Path begun) {
      try (var connection = silent.accept()) {
        Files.createFile(begun);
        connection.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (IOException ended) {
        // as it should: the launcher ends JBang, maybe with a reset
      }
    }

    private static void copy(Path folder, Path to) throws IOException {
      Files.createDirectories(to);
      try (var files = Files.list(folder)) {
        for (var file : files.toList()) Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  @Test
  @DisplayName("leaves it what is neither a short name nor a script")
  void everythingElse() throws Exception {
    sandbox.settings().put("JBANG_REPO", FETCHED.toString());

    var result = sandbox.jbang("nothing-of-this-name");

    assertThat(result.code()).isNotZero();
    assertThat(result.err()).contains("'nothing-of-this-name'");
  }

  /** A PATH with what the launcher itself calls, and nothing else. */
  private String onlyTools() throws IOException {
    var tools =
        "cat cksum cut dirname env find grep head id ln mkdir mv readlink rm sed sh sha256sum"
            + " shasum tr";
    for (var tool : tools.split(" ")) {
      for (var folder : System.getenv("PATH").split(":")) {
        var real = Path.of(folder, tool);
        if (Files.exists(real)) sandbox.program(tool, "exec %s \"$@\"".formatted(real));
      }
    }
    return sandbox.bin().toString();
  }
}
