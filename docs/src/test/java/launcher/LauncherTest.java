package launcher;

import static launcher.Sandbox.await;
import static launcher.Sandbox.jdk;
import static launcher.Sandbox.workbook;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The launcher")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "skipped: needs a POSIX shell")
class LauncherTest {
  private static final int NO_JDK = 69;
  private static final int NO_JBANG = 70;

  /** Does what its arguments say, and says what it was given. The catalog gives it "first". */
  private static final String PROBE =
      """
      //JAVA 25+
      void main(String... args) throws Exception {
        switch (args[1]) {
          case "copy" -> System.in.transferTo(System.out);
          case "exit" -> System.exit(Integer.parseInt(args[2]));
          case "where" -> IO.println(String.join("\\n", System.getProperty("user.dir"),
              System.getProperty("user.home"), System.getenv("SOCKETS_BY_HAND")));
          case "more" -> IO.println(Class.forName("More").getDeclaredField("said").get(null));
          case "sent" -> IO.println(System.getenv("SOCKETS_BY_HAND_JBANG"));
          case "pid" -> IO.println(ProcessHandle.current().pid());
          default -> IO.println(String.join("\\0", args));
        }
      }
      """;

  @TempDir static Path temp;

  /** Where JBang has been fetched and the probe compiled. */
  private static Sandbox warm;

  /** JBang as Maven delivers it. */
  private static Path jar;

  @BeforeAll
  static void firstRun() throws Exception {
    warm = Sandbox.in(temp, PROBE);
    // What Maven has here already need not come through the network again.
    var repository =
        System.getProperty("localRepository", System.getProperty("user.home") + "/.m2/repository");
    Files.createDirectories(warm.home().resolve(".m2"));
    var shared =
        Files.createSymbolicLink(warm.home().resolve(".m2/repository"), Path.of(repository));
    var first = warm.jbang("probe", "hello");
    Files.delete(shared);

    assertThat(first.err())
        .matches("Fetching JBang [0-9.]+ \\(9 MB, once\\) …\nCompiling probe \\(once\\) …\n");
    assertThat(first.out()).isEqualTo("first\0hello\n");
    jar = onlyFile(warm.cache());
  }

  @Nested
  @DisplayName("passes on")
  class PassesOn {
    @Test
    @DisplayName("arguments, however awkward, in silence once all is in place")
    void arguments() throws Exception {
      var awkward =
          new String[] {
            "a b",
            "",
            "it's",
            "\"",
            "$HOME",
            "`id`",
            "a\\b",
            "two\nlines\n",
            "*",
            "~",
            "!",
            "é世",
            "@" + warm.launcher(),
            "--",
            "-h",
            "--fresh",
            "-Dx=y",
            "#",
            ";",
            "&",
            ""
          };

      var result = warm.jbang(with("probe", awkward));

      assertThat(result.out().split("\0", -1)).containsExactly(with("first", with(awkward, "\n")));
      assertThat(result.err()).isEmpty();
    }

    @Test
    @DisplayName("standard input, to the byte")
    void standardInput() throws Exception {
      var bytes = new byte[300_000];
      new Random(1).nextBytes(bytes);

      assertThat(warm.feed(bytes, "probe", "copy").bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest(name = "exit code {0}")
    @ValueSource(ints = {1, 2, 3, 255})
    void exitCode(int code) throws Exception {
      assertThat(warm.jbang("probe", "exit", "" + code).code()).isEqualTo(code);
    }

    @Test
    @DisplayName("signals: the program takes the launcher's place")
    void signals() throws Exception {
      var running = warm.start(warm.launcher(), new byte[0], "probe", "pid");

      assertThat(await(running).out().strip()).isEqualTo("" + running.process().pid());
    }

    @Test
    @DisplayName("what isn't a short name to JBang")
    void everythingElse() throws Exception {
      var result = warm.jbang(warm.repo().resolve("Probe.java").toString(), "a b", "c");

      assertThat(result.out()).isEqualTo("a b\0c\n");
      assertThat(warm.jbang("nothing-of-this-name").code()).isNotZero();
    }
  }

  @Nested
  @DisplayName("knows")
  class Knows {
    @Test
    @DisplayName("its workbook, whatever the current folder, through links, and keeps to HOME")
    void workbookFolder() throws Exception {
      var links = Files.createDirectories(warm.folder().resolve("links"));
      var relative = Files.createSymbolicLink(links.resolve("a"), Path.of("../the workbook/jbang"));
      var absolute = Files.createSymbolicLink(links.resolve("b"), relative);

      assertThat(warm.run(absolute, "probe", "where").out().lines())
          .containsExactly(
              warm.elsewhere().toRealPath().toString(),
              warm.home().toString(),
              warm.repo().toRealPath().toString());
      assertThat(warm.repo()).isDirectoryNotContaining("glob:**/.*");
      assertThat(warm.elsewhere()).isEmptyDirectory();
    }

    @Test
    @DisplayName("every short name of the workbook, and lists them")
    void shortNames() throws Exception {
      var names = Files.readAllLines(workbook().resolve("jbang-catalog.json")).stream();

      var listed = warm.run(workbook().resolve("jbang")).out();

      names
          .filter(line -> line.contains("script-ref"))
          .map(line -> line.strip().split("\"")[1])
          .forEach(name -> assertThat(listed).containsPattern("(?m)^  " + name + " +[A-Za-z]"));
    }
  }

  @Nested
  @DisplayName("asks JBang")
  class Asks {
    private final Sandbox sandbox = sandbox();

    @BeforeEach
    void runOnce() throws Exception {
      keepJar(sandbox);
      Files.writeString(sandbox.repo().resolve("Probe.java"), "//SOURCES more/*.java\n" + PROBE);
      more("String said = \"one\";");
      assertThat(sandbox.jbang("probe", "x").err()).startsWith("Compiling");
    }

    @Test
    @DisplayName("no second time: its own start would be the longer part of a lesson's")
    void once() throws Exception {
      Files.delete(onlyFile(sandbox.cache()));
      sandbox.settings().put("PATH", onlyTools(sandbox)); // no Maven that would fetch it

      var result = sandbox.jbang("probe", "a b", "");

      assertThat(result.out()).isEqualTo("first\0a b\0\n");
      assertThat(result.err()).isEmpty();
    }

    @Test
    @DisplayName("again when the script is another one")
    void editedScript() throws Exception {
      var probe = sandbox.repo().resolve("Probe.java");
      Files.writeString(probe, Files.readString(probe).replace("\\0", "+"));

      assertThat(sandbox.jbang("probe", "x").out()).isEqualTo("first+x\n");
      assertThat(sandbox.jbang("probe", "x").out()).isEqualTo("first+x\n");
    }

    @Test
    @DisplayName("again when a file that the script names is another one")
    void editedSource() throws Exception {
      more("String said = \"two\";");
      assertThat(sandbox.jbang("probe", "x").err()).startsWith("Compiling");
      assertThat(sandbox.jbang("probe", "more").out()).isEqualTo("two\n");
    }

    @Test
    @DisplayName("again when the catalog is another one")
    void editedCatalog() throws Exception {
      var catalog = sandbox.repo().resolve("jbang-catalog.json");
      Files.writeString(catalog, Files.readString(catalog).replace("first", "1st"));

      assertThat(sandbox.jbang("probe", "x").out()).isEqualTo("1st\0x\n");
    }

    @Test
    @DisplayName("again when what it compiled is gone")
    void goneClasses() throws Exception {
      try (var files = Files.walk(sandbox.home().resolve(".jbang/cache/jars"))) {
        for (var file : files.filter(Files::isRegularFile).toList()) Files.delete(file);
      }
      assertThat(sandbox.jbang("probe", "x").out()).isEqualTo("first\0x\n");
    }

    private void more(String member) throws IOException {
      var folder = Files.createDirectories(sandbox.repo().resolve("more"));
      Files.writeString(folder.resolve("More.java"), "class More { static %s }".formatted(member));
    }
  }

  @Nested
  @DisplayName("fetches JBang")
  class Fetches {
    private final Sandbox cold = sandbox();

    @Test
    @DisplayName("again when the kept one is damaged, by as little as one byte")
    void healsKeptJar() throws Exception {
      var damaged = Files.readAllBytes(jar);
      damaged[5000] ^= 1;
      Files.createDirectories(cold.cache());
      Files.write(cold.cache().resolve(jar.getFileName()), damaged);
      maven("cp \"$GENUINE\" .");

      assertWorks(cold.jbang("version"));
      assertThat(onlyFile(cold.cache())).hasSameBinaryContentAs(jar);
    }

    @Test
    @DisplayName("again when Maven's own copy is damaged")
    void healsMavensCopy() throws Exception {
      var copy = cold.home().resolve(".m2/repository/dev/jbang/jbang-cli/" + version() + "/copy");
      Files.createDirectories(copy.getParent());
      Files.writeString(copy, "half a file");
      cold.settings().put("COPY", copy.toString());
      maven("if [ -f \"$COPY\" ]; then cp \"$COPY\" \"$NAME\"; else cp \"$GENUINE\" .; fi");

      assertWorks(cold.jbang("version"));
      assertThat(copy).doesNotExist();
    }

    @Test
    @DisplayName("but runs nothing that has another checksum")
    void refusesAnotherChecksum() throws Exception {
      maven("echo something else >\"$NAME\"");

      var result = cold.jbang("version");

      assertThat(result.code()).isEqualTo(NO_JBANG);
      assertThat(result.out()).isEmpty();
      assertThat(result.err().lines().skip(1))
          .containsExactly(
              "jbang: could not fetch JBang: what came isn't version %s".formatted(version())
                  + " (its SHA-256 differs), and was thrown away");
      assertThat(cold.cache()).isEmptyDirectory();
    }

    @Test
    @DisplayName("or says what Maven said")
    void saysWhatMavenSaid() throws Exception {
      maven("head -c 1000 \"$GENUINE\" >\"$NAME\"; echo '[ERROR] no route to host'; exit 1");

      var result = cold.jbang("version");

      assertThat(result.code()).isEqualTo(NO_JBANG);
      assertThat(result.err())
          .endsWith("jbang: could not fetch JBang: Maven says: no route to host\n");
      assertThat(cold.cache()).isEmptyDirectory();
    }

    @Test
    @DisplayName("after a run that was killed in the middle of it")
    void afterAKill() throws Exception {
      maven(
          "head -c 1000 \"$GENUINE\" >\"$NAME\";"
              + " kill -KILL $(cat \"$HOME/.jbang/cache/sockets-by-hand/lock\")");
      assertThat(cold.jbang("version").code()).isEqualTo(128 + 9);
      maven("cp \"$GENUINE\" .");

      assertWorks(cold.jbang("version"));
    }

    @Test
    @DisplayName("once when two first runs meet")
    void twoAtOnce() throws Exception {
      maven("cp \"$GENUINE\" .");
      var one = cold.start(cold.launcher(), new byte[0], "probe", "one");
      var two = cold.start(cold.launcher(), new byte[0], "probe", "two");

      var first = await(one);
      var second = await(two);

      assertThat(first.out()).isEqualTo("first\0one\n");
      assertThat(second.out()).isEqualTo("first\0two\n");
      assertThat((first.err() + second.err()).lines().filter(line -> line.startsWith("Fetching")))
          .hasSize(1);
    }

    @Test
    @DisplayName("unless there is no Maven")
    void withoutMaven() throws Exception {
      cold.settings().put("PATH", onlyTools(cold));

      var result = cold.jbang("version");

      assertThat(result.code()).isEqualTo(NO_JBANG);
      assertThat(result.err())
          .startsWith("jbang: neither JBang nor Maven is on the PATH;")
          .hasLineCount(1);
    }

    /** A Maven that does this in the folder where JBang is to arrive. */
    private void maven(String shellScript) throws IOException {
      cold.settings().put("GENUINE", jar.toString());
      cold.settings().put("NAME", jar.getFileName().toString());
      cold.program("mvn", shellScript);
    }

    private void assertWorks(Sandbox.Result result) {
      assertThat(result.out()).isEqualTo(version() + "\n");
      assertThat(result.err()).startsWith("Fetching JBang").hasLineCount(1);
      assertThat(result.code()).isZero();
    }
  }

  @Nested
  @DisplayName("prefers an installed JBang")
  class Installed {
    private final Sandbox sandbox = sandbox();

    @Test
    @DisplayName("and leaves the rest to it")
    void isPreferred() throws Exception {
      fakeJBang();

      var result = sandbox.jbang("probe", "a b");

      assertThat(result.out())
          .startsWith("installed: --quiet run --catalog " + sandbox.repo().toRealPath())
          .endsWith(" probe a b\n");
      assertThat(result.code()).isEqualTo(3);
      assertThat(sandbox.jbang("edit", "x").out()).isEqualTo("installed: edit x\n");
    }

    @ParameterizedTest(name = "but for the argument \"{0}\", which it would change")
    @ValueSource(strings = {"", "@file"})
    void keepsArguments(String argument) throws Exception {
      fakeJBang();
      keepJar(sandbox);

      assertThat(sandbox.jbang("probe", "x", argument).out())
          .isEqualTo("first\0x\0" + argument + "\n");
    }

    @Test
    @DisplayName("and isn't deceived by finding itself on the PATH, or a script that calls it")
    void findsItself() throws Exception {
      keepJar(sandbox);
      var linked = Files.createDirectories(sandbox.folder().resolve("linked"));
      Files.createSymbolicLink(linked.resolve("jbang"), sandbox.launcher());
      sandbox.program("jbang", "exec '%s' \"$@\"".formatted(sandbox.launcher()));
      sandbox
          .settings()
          .put(
              "PATH",
              "%s:%s:%s:%s"
                  .formatted(sandbox.repo(), linked, sandbox.bin(), Sandbox.pathWithoutJBang()));

      assertThat(sandbox.jbang("version").out()).isEqualTo(version() + "\n");
      assertThat(sandbox.jbang("probe", "sent").out()).as("by the script").isEqualTo("fetched\n");

      Files.delete(sandbox.bin().resolve("jbang"));
      assertThat(sandbox.jbang("probe", "sent").out()).as("by no one").isEqualTo("null\n");
    }

    private void fakeJBang() throws IOException {
      sandbox.program(
          "jbang", "case $* in *' build '*) exit 0;; esac; echo \"installed: $*\"; exit 3");
    }
  }

  @Nested
  @DisplayName("finds a JDK")
  class FindsJdk {
    private final Sandbox sandbox = sandbox();

    @ParameterizedTest(name = "of version {0}")
    @ValueSource(strings = {"25", "25.0.3", "26-ea"})
    void newEnough(String version) throws Exception {
      var wanted = jdk(sandbox.folder().resolve("jdk new"), version);
      var old = jdk(sandbox.folder().resolve("jdk old"), "17.0.15");
      sandbox.settings().put("SOCKETS_BY_HAND_JDKS", old + ":" + wanted);

      assertThat(sandbox.jbang("--find-jdk").out()).isEqualTo(wanted + "\n");
    }

    @ParameterizedTest(name = "or says that it found only {1}")
    @CsvSource({"1.8.0_402, JDK 8", "17.0.15, JDK 17", "24, JDK 24"})
    void tooOld(String version, String named) throws Exception {
      var old = jdk(sandbox.folder().resolve("jdk old"), version);
      sandbox.settings().put("SOCKETS_BY_HAND_JDKS", "/nowhere:" + old);

      var result = sandbox.jbang("--find-jdk");

      assertThat(result.code()).isEqualTo(NO_JDK);
      assertThat(result.out()).isEmpty();
      assertThat(result.err())
          .startsWith("jbang: JDK 25 or newer is needed, found %s in %s.".formatted(named, old))
          .hasLineCount(1);
    }

    @Test
    @DisplayName("in JAVA_HOME first, then on the PATH, through links")
    void chosenPlaces() throws Exception {
      var chosen = jdk(sandbox.folder().resolve("chosen"), "25.0.3");
      var onPath = jdk(sandbox.folder().resolve("on path"), "25.0.3");
      Files.createSymbolicLink(sandbox.bin().resolve("javac"), onPath.resolve("bin/javac"));

      sandbox.settings().put("JAVA_HOME", chosen.toString());
      assertThat(sandbox.jbang("--find-jdk").out()).isEqualTo(chosen + "\n");

      sandbox.settings().put("JAVA_HOME", "/nowhere");
      assertThat(sandbox.jbang("--find-jdk").out()).isEqualTo(onPath.toRealPath() + "\n");
    }

    @Test
    @DisplayName("through JBang where there is none")
    void fetched() throws Exception {
      sandbox.settings().put("SOCKETS_BY_HAND_JDKS", "/nowhere");
      sandbox.program(
          "jbang",
          """
          case $* in
            *'jdk install'*)
              jdk=$HOME/.jbang/cache/jdks/25; mkdir -p "$jdk/bin"
              : >"$jdk/bin/javac"; chmod +x "$jdk/bin/javac"
              echo 'JAVA_VERSION="25"' >"$jdk/release" ;;
            *) echo "$JAVA_HOME" ;;
          esac
          """);

      var result = sandbox.jbang("version");

      assertThat(result.out()).isEqualTo(sandbox.home().resolve(".jbang/cache/jdks/25") + "\n");
      assertThat(result.err()).isEqualTo("Fetching JDK 25 (200 MB, once) …\n");
    }

    @Test
    @DisplayName("or says why JBang could not fetch one")
    void notFetched() throws Exception {
      sandbox.settings().put("SOCKETS_BY_HAND_JDKS", "/nowhere");
      sandbox.program("jbang", "echo '[jbang] [ERROR] no route to host' >&2; exit 4");

      var result = sandbox.jbang("probe", "x");

      assertThat(result.code()).isEqualTo(NO_JDK);
      assertThat(result.err().lines().skip(1))
          .containsExactly(
              "jbang: JDK 25 or newer is needed, found no JDK. Get one from https://adoptium.net/"
                  + " or set JAVA_HOME to yours. (JBang could not fetch one: no route to host)");
    }
  }

  private static Sandbox sandbox() {
    try {
      return Sandbox.in(temp, PROBE);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static void keepJar(Sandbox sandbox) throws IOException {
    Files.createDirectories(sandbox.cache());
    Files.copy(jar, sandbox.cache().resolve(jar.getFileName()));
  }

  /** A PATH with what the launcher itself calls, and nothing else. */
  private static String onlyTools(Sandbox sandbox) throws IOException {
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

  private static Path onlyFile(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      var all = files.toList();
      assertThat(all).hasSize(1);
      return all.getFirst();
    }
  }

  private static String version() {
    return jar.getFileName().toString().replaceAll("jbang-cli-(.*)-all.jar", "$1");
  }

  private static String[] with(String first, String... rest) {
    var all = new String[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }

  /** With this behind the last one. */
  private static String[] with(String[] all, String ending) {
    var copy = Arrays.copyOf(all, all.length);
    copy[copy.length - 1] += ending;
    return copy;
  }
}
