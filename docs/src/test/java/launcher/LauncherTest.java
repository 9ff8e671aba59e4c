package launcher;

import static launcher.Sandbox.await;
import static launcher.Sandbox.jdk;
import static launcher.Sandbox.workbook;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
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

  @TempDir static Path temp;

  /** Where the probe has been compiled. */
  private static Sandbox warm;

  private Sandbox sandbox;

  @BeforeAll
  static void firstRun() throws Exception {
    warm = Sandbox.in(temp);
    warm.program("mvn", "echo JBang has no part in this >&2; exit 1");

    var first = warm.jbang("probe", "more");

    assertThat(first.err()).isEqualTo("Compiling probe (once) …\n");
    assertThat(first.out()).isEqualTo("one12\n");
  }

  @BeforeEach
  void anotherMachine() throws Exception {
    sandbox = Sandbox.in(temp);
  }

  @Nested
  @DisplayName("passes on")
  class PassesOn {
    @Test
    @DisplayName("arguments, however awkward, without a locale, in silence once all is in place")
    void arguments() throws Exception {
      var awkward =
          ("probe|first word||it's|\"|$HOME|`id`|a\\b|two\nlines\n|*|~|!|é世|@/etc/passwd"
                  + "|--|-h|-Dx=y|#|;|&||\n")
              .split("\\|");

      var result = warm.jbang(awkward);

      awkward[0] = "first";
      assertThat(result.out().split("\0", -1)).containsExactly(awkward);
      assertThat(result.err()).isEmpty();
    }

    @Test
    @DisplayName("standard input, to the byte")
    void standardInput() throws Exception {
      var bytes = new byte[300_000];
      new Random(1).nextBytes(bytes);

      var copied = await(warm.start(warm.launcher(), bytes, "probe", "copy"));

      assertThat(copied.bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest(name = "exit code {0}")
    @ValueSource(ints = {3, 255})
    void exitCode(int code) throws Exception {
      assertThat(warm.jbang("probe", "exit", "" + code).code()).isEqualTo(code);
    }

    @Test
    @DisplayName("signals: the program takes the launcher's place")
    void signals() throws Exception {
      var running = warm.start(warm.launcher(), new byte[0], "probe", "pid");

      assertThat(await(running).out().strip()).isEqualTo("" + running.process().pid());
    }
  }

  @Nested
  @DisplayName("knows")
  class Knows {
    @Test
    @DisplayName("its workbook, whatever the current folder, through links, and keeps to HOME")
    void workbookFolder() throws Exception {
      var links = Files.createDirectories(warm.folder().resolve("links/deep"));
      var relative =
          Files.createSymbolicLink(links.resolve("a"), Path.of("../../the workbook/jbang"));
      var absolute = Files.createSymbolicLink(links.resolve("b"), relative);

      assertThat(warm.run(absolute, "probe", "where").out().lines())
          .containsExactly(
              warm.elsewhere().toRealPath().toString(),
              warm.home().toString(),
              warm.repo().toRealPath().toString());
      assertThat(warm.elsewhere()).isEmptyDirectory();
    }

    @Test
    @DisplayName("every short name of the workbook, in the one form that it reads, and lists them")
    void shortNames() throws Exception {
      var form =
          Pattern.compile(
              " {4}\"([a-z0-9-]+)\": \\{\"script-ref\": \"([^\" ]+)\","
                  + "( \"arguments\": \\[\"[^\" ]+\"],)? \"description\": \"[^\"|]+\"},?");
      var listed = warm.run(workbook().resolve("jbang")).out();

      for (var line : Files.readAllLines(workbook().resolve("jbang-catalog.json"))) {
        if (!line.contains("script-ref")) continue;
        var name = form.matcher(line);
        assertThat(line).matches(form);
        assertThat(name.matches()).isTrue();
        assertThat(listed).containsPattern("(?m)^  " + name.group(1) + " +[A-Za-z]");
        assertThat(directives(workbook().resolve(name.group(2))))
            .as("what the launcher knows, in words that a shell takes as they are")
            .allMatch(directive ->
                directive.matches("//JAVA 25[+]|//DESCRIPTION .*|//DEPS \\S+|//SOURCES \\S+")
                    || directive.matches("//(JAVAC|RUNTIME)_OPTIONS [\\w:+=./ -]+"));
      }
    }

    private static Stream<String> directives(Path script) throws Exception {
      return Files.readAllLines(script).stream().filter(line -> line.matches("//[A-Z_]+( .*)?"));
    }
  }

  @Nested
  @DisplayName("compiles")
  class Compiles {
    @Test
    @DisplayName("a script given by its file too, and again when its text has changed")
    void editedScript() throws Exception {
      var script = sandbox.elsewhere().resolve("Probe.java");
      Files.writeString(script, "void main(String... args) { IO.print(\"one \" + args[0]); }");
      var first = sandbox.jbang("Probe.java", "a b");
      sandbox.edit(script, "one", "two");

      assertThat(first.out()).isEqualTo("one a b");
      assertThat(sandbox.jbang("Probe.java", "a b").out()).isEqualTo("two a b");
      assertThat(sandbox.elsewhere()).isDirectoryContaining("glob:**/Probe.java");
      assertThat(sandbox.elsewhere().toFile().list()).hasSize(1);
    }

    @Test
    @Tag("all")
    @DisplayName("again when a file that the script names has changed, and forgets what is old")
    void editedSource() throws Exception {
      var first = sandbox.jbang("probe", "more");
      sandbox.more("two");
      var longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(32)));
      for (var file : sandbox.cache().toFile().listFiles()) {
        Files.setLastModifiedTime(file.toPath(), longAgo);
      }

      assertThat(first.out()).isEqualTo("one12\n");
      assertThat(sandbox.jbang("probe", "more").out()).isEqualTo("two12\n");
      assertThat(sandbox.cache().toFile().list()).hasSize(2);
    }

    @Test
    @DisplayName("nothing when only the argument in the catalog has changed")
    void editedCatalog() throws Exception {
      warm.edit(warm.catalog(), "\"first\"", "\"1st\"");
      try {
        var result = warm.jbang("probe", "x");

        assertThat(result.out()).isEqualTo("1st\0x");
        assertThat(result.err()).isEmpty();
      } finally {
        warm.edit(warm.catalog(), "\"1st\"", "\"first\"");
      }
    }

    @Test
    @DisplayName("or shows what is wrong with a script")
    void broken() throws Exception {
      sandbox.edit(sandbox.script(), "void main", "vod main");

      var result = sandbox.jbang("probe", "x");

      assertThat(result.code()).isEqualTo(1);
      assertThat(result.err())
          .contains(sandbox.script().toRealPath() + ":4: error:")
          .endsWith("\n1 error\n");
      assertThat(result.out()).isEmpty();
      assertThat(sandbox.cache()).isEmptyDirectory();
    }

    @Test
    @DisplayName("in memory where nothing can be kept")
    void nowhereToKeep() throws Exception {
      Files.writeString(sandbox.script(), Sandbox.PROBE.replace("More.SAID", "\"no more\""));
      sandbox.settings().put("XDG_CACHE_HOME", "/dev/null");

      var result = sandbox.jbang("probe", "", "@x");

      assertThat(result.out()).isEqualTo("first\0\0@x");
      assertThat(result.err()).isEmpty();
    }

    @Test
    @Tag("all")
    @DisplayName("twice when two first runs meet, and neither minds")
    void twoAtOnce() throws Exception {
      var one = sandbox.start(sandbox.launcher(), new byte[0], "probe", "one");
      var two = sandbox.start(sandbox.launcher(), new byte[0], "probe", "two");

      assertThat(await(one).out()).isEqualTo("first\0one");
      assertThat(await(two).out()).isEqualTo("first\0two");
      assertThat(sandbox.cache().toFile().list()).hasSize(2);
    }

    @Test
    @DisplayName("until Ctrl-C: silence, and nothing is left")
    void interrupted() throws Exception {
      var begun = sandbox.folder().resolve("begun");
      sandbox.settings().put("BEGUN", begun.toString());
      sandbox.jdk("", "echo $$ >\"$BEGUN\"; while :; do sleep 0.1; done");
      var moment = "until [ -s \"$BEGUN\" ]; do sleep 0.1; done";

      var result = sandbox.interrupted(moment, "probe");

      assertThat(result.code()).isEqualTo(130);
      assertThat(result.err()).isEqualTo("Compiling probe (once) …\n");
      assertThat(sandbox.cache()).isEmptyDirectory();
      var compiler = ProcessHandle.of(Long.parseLong(Files.readString(begun).strip()));
      assertThat(compiler.filter(ProcessHandle::isAlive)).isEmpty();
    }
  }

  @Nested
  @DisplayName("asks JBang")
  class AsksJBang {
    @BeforeEach
    void tellsItsWords() throws Exception {
      sandbox.jdk("printf '%s\\n' \"$@\"; exit 3", "");
    }

    @Test
    @DisplayName("an installed one, for what it can't do itself")
    void installed() throws Exception {
      var installed = Files.createDirectories(sandbox.folder().resolve("jbang/bin"));
      Files.createFile(installed.resolve("jbang.jar"));
      var command = sandbox.program("../jbang/bin/jbang", "");
      Files.createSymbolicLink(sandbox.bin().resolve("jbang"), command);

      var result = sandbox.jbang("edit", "a b");

      assertThat(result.code()).isEqualTo(3);
      assertThat(result.out())
          .endsWith("-jar\n" + installed.toRealPath() + "/jbang.jar\nedit\na b\n");
    }

    @Test
    @DisplayName("and runs the command that it prints, if it says so by its exit code")
    void command() throws Exception {
      sandbox.jdk(
          "read -r a; echo \"sh -c 'cat; printf %s \\\"\\$0\\\"; exit 5' '$a b'\"; exit 255", "");
      sandbox.program("jbang", "");
      Files.createFile(sandbox.bin().resolve("jbang.jar"));

      var result = await(sandbox.start(sandbox.launcher(), "a\n!".getBytes(), "edit"));

      assertThat(result.out()).isEqualTo("!a b");
      assertThat(result.code()).isEqualTo(5);
    }

    @Test
    @DisplayName("but doesn't take itself for one, or a script that calls it")
    void findsItself() throws Exception {
      sandbox.program("jbang", "exec '%s' \"$@\"".formatted(sandbox.launcher()));
      sandbox.program("mvn", "echo '[ERROR] asked for JBang'; exit 1");

      var result = sandbox.jbang("edit");

      assertThat(result.code()).isEqualTo(NO_JBANG);
      assertThat(result.err())
          .endsWith("\njbang: could not fetch JBang: Maven says: asked for JBang\n");
    }

    @Test
    @DisplayName("and says so where it can keep no files")
    void nowhereToKeep() throws Exception {
      sandbox.settings().put("XDG_CACHE_HOME", "/dev/null");

      var result = sandbox.jbang("edit");

      assertThat(result.code()).isEqualTo(NO_JBANG);
      assertThat(result.err()).endsWith("cannot write to /dev/null/sockets-by-hand\n");
    }
  }

  @Nested
  @DisplayName("finds a JDK")
  class FindsJdk {
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
    @DisplayName("through JBang where there is none but an older Java")
    void fetched() throws Exception {
      java(
          """
          jdk=$HOME/.jbang/cache/jdks/25
          mkdir -p "$jdk/bin"
          echo 'JAVA_VERSION="25"' >"$jdk/release"
          printf '%s\\n' '#!/bin/sh' 'echo "$JAVA_HOME"' >"$jdk/bin/java"
          chmod +x "$jdk/bin/java"
          cp "$jdk/bin/java" "$jdk/bin/javac"
          """);

      var result = sandbox.jbang("version");

      assertThat(result.out()).isEqualTo(sandbox.home().resolve(".jbang/cache/jdks/25") + "\n");
      assertThat(result.err()).isEqualTo("Fetching JDK 25 (200 MB, once) …\n");
      assertThat(sandbox.cache()).isEmptyDirectory();
    }

    @Test
    @DisplayName("or says why JBang could not fetch one")
    void notFetched() throws Exception {
      java("echo '[jbang] [ERROR] no route to host' >&2; exit 4");

      var result = sandbox.jbang("probe", "x");

      assertThat(result.code()).isEqualTo(NO_JDK);
      assertThat(result.err().lines())
          .containsExactly(
              "Fetching JDK 25 (200 MB, once) …",
              "[jbang] [ERROR] no route to host",
              "jbang: JDK 25 or newer is needed, found no JDK. Get one from https://adoptium.net/"
                  + " or set JAVA_HOME to yours.");
    }

    /** A machine with JBang and this Java, and no JDK. */
    private void java(String shellScript) throws Exception {
      sandbox.settings().put("SOCKETS_BY_HAND_JDKS", "/nowhere");
      sandbox.program("java", shellScript);
      sandbox.program("jbang", "");
      Files.createFile(sandbox.bin().resolve("jbang.jar"));
    }
  }
}
