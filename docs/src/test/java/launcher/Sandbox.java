package launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A machine for the launcher: a workbook, a HOME and a PATH of its own, in folders whose names are
 * as odd as a user's may be. It has no locale.
 *
 * @param folder holds all the rest
 * @param settings what the launcher finds in its environment
 */
record Sandbox(Path folder, Map<String, String> settings) {
  private static final int DEADLINE_SECONDS = 60;

  /** Does what its first words say, or tells them. The catalog puts "first" before the user's. */
  static final String PROBE =
      """
      //JAVA 25+
      //SOURCES more/*.java
      //RUNTIME_OPTIONS -Dx=1 -Dy=2
      void main(String... args) throws Exception {
        switch (args[1]) {
          case "copy" -> System.in.transferTo(System.out);
          case "exit" -> System.exit(Integer.parseInt(args[2]));
          case "where" -> IO.println(String.join("\\n", System.getProperty("user.dir"),
              System.getProperty("user.home"), System.getenv("SOCKETS_BY_HAND")));
          case "more" -> IO.println(More.SAID + Integer.getInteger("x") + Integer.getInteger("y"));
          case "pid" -> IO.println(ProcessHandle.current().pid());
          default -> IO.print(String.join("\\0", args));
        }
      }
      """;

  record Result(int code, byte[] bytes, String err) {
    String out() {
      return new String(bytes, UTF_8);
    }
  }

  static Sandbox in(Path parent) throws IOException {
    var folder = Files.createTempDirectory(parent, "it's a bücket, 100%41 ");
    var sandbox = new Sandbox(folder, new HashMap<>());
    Files.createDirectories(sandbox.repo().resolve("more"));
    Files.createDirectories(sandbox.home());
    Files.createDirectories(sandbox.bin());
    Files.createDirectories(sandbox.elsewhere());
    Files.copy(workbook().resolve("jbang"), sandbox.launcher());
    Files.writeString(sandbox.script(), PROBE);
    sandbox.more("one");
    Files.writeString(
        sandbox.catalog(),
        """
        {
          "aliases": {
            "probe": {"script-ref": "Probe.java", "arguments": ["first"], "description": "Probes"}
          }
        }
        """);
    sandbox.settings.put("HOME", sandbox.home().toString());
    sandbox.settings.put("PATH", sandbox.bin() + File.pathSeparator + pathWithoutJBang());
    // The JDK that runs the tests, whatever else this machine has.
    sandbox.settings.put("JAVA_HOME", System.getProperty("java.home"));
    return sandbox;
  }

  /** The real workbook: the folder above that holds the launcher. */
  static Path workbook() {
    var folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("jbang-catalog.json"))) folder = folder.getParent();
    return folder;
  }

  Path repo() {
    return folder.resolve("the workbook");
  }

  Path launcher() {
    return repo().resolve("jbang");
  }

  Path catalog() {
    return repo().resolve("jbang-catalog.json");
  }

  Path script() {
    return repo().resolve("Probe.java");
  }

  Path home() {
    return folder.resolve("the home");
  }

  /** First on the PATH. */
  Path bin() {
    return folder.resolve("the bin");
  }

  /** The user's current folder. */
  Path elsewhere() {
    return folder.resolve("else where");
  }

  Path cache() {
    return home().resolve(".cache/sockets-by-hand");
  }

  /** Puts a program on the PATH. */
  Path program(String name, String shellScript) throws IOException {
    return executable(bin().resolve(name), shellScript);
  }

  /** The machine's only JDK, of which the tools do this. */
  void jdk(String java, String javac) throws IOException {
    var jdk = jdk(folder.resolve("the jdk"), "25.0.3");
    executable(jdk.resolve("bin/java"), java);
    executable(jdk.resolve("bin/javac"), javac);
    settings.put("SOCKETS_BY_HAND_JDKS", jdk.toString());
  }

  /** A folder that looks like a JDK from outside. */
  static Path jdk(Path folder, String version) throws IOException {
    executable(folder.resolve("bin/javac"), "");
    Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return folder;
  }

  private static Path executable(Path file, String shellScript) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + shellScript);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  void edit(Path file, String text, String instead) throws IOException {
    var before = Files.readString(file);
    assertThat(before).contains(text);
    Files.writeString(file, before.replace(text, instead));
  }

  /** What the script's other source says. */
  void more(String word) throws IOException {
    var source = "class More { static final String SAID = \"%s\"; }".formatted(word);
    Files.writeString(repo().resolve("more/More.java"), source);
  }

  Result jbang(String... arguments) throws Exception {
    return run(launcher(), arguments);
  }

  Result run(Path program, String... arguments) throws Exception {
    return await(start(program, new byte[0], arguments));
  }

  /**
   * Ctrl-C as a terminal has it: a signal to every process of the job. Only bash controls jobs
   * where there is no terminal.
   *
   * @param until a shell command that ends when the moment has come
   */
  Result interrupted(String until, String... arguments) throws Exception {
    var heard = program("heard", "trap 'exit 7' INT; kill -INT $$");
    assumeTrue(run(heard).code() == 7, "skipped: Ctrl-C is ignored where this build runs");
    var terminal =
        program(
            "terminal",
            "exec bash -c 'set -m; \"$@\" & set +m; %s; kill -INT -$!; wait $!' -- \"$@\""
                .formatted(until));
    var command = new ArrayList<>(List.of(launcher().toString()));
    command.addAll(List.of(arguments));
    return run(terminal, command.toArray(String[]::new));
  }

  /** A program that runs, and where its output goes. */
  record Running(Process process, Path out, Path err) {}

  Running start(Path program, byte[] input, String... arguments) throws IOException {
    var in = Files.write(Files.createTempFile(folder, "in", ""), input);
    var out = Files.createTempFile(folder, "out", "");
    var err = Files.createTempFile(folder, "err", "");
    var command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(elsewhere().toFile());
    builder.redirectInput(in.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(settings);
    return new Running(builder.start(), out, err);
  }

  static Result await(Running running) throws Exception {
    try {
      assertThat(running.process().waitFor(DEADLINE_SECONDS, SECONDS)).as("ends in time").isTrue();
    } finally {
      running.process().descendants().forEach(ProcessHandle::destroyForcibly);
      running.process().destroyForcibly();
    }
    return new Result(
        running.process().exitValue(),
        Files.readAllBytes(running.out()),
        Files.readString(running.err()));
  }

  /** Whether JBang is installed on this machine must not matter. */
  private static String pathWithoutJBang() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .filter(entry -> !Files.exists(Path.of(entry, "jbang")))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
