package launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

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
 * A machine for the launcher: a workbook, a HOME and a PATH of its own, each with a space in its
 * name.
 *
 * @param folder holds all the rest
 * @param settings what the launcher finds in its environment, on top of HOME and PATH
 */
record Sandbox(Path folder, Map<String, String> settings) {
  private static final int DEADLINE_SECONDS = 60;

  record Result(int code, byte[] bytes, String err) {
    String out() {
      return new String(bytes, UTF_8);
    }
  }

  static Sandbox in(Path parent, String script) throws IOException {
    var sandbox = new Sandbox(Files.createTempDirectory(parent, "sand box "), new HashMap<>());
    Files.createDirectories(sandbox.repo());
    Files.createDirectories(sandbox.home());
    Files.createDirectories(sandbox.bin());
    Files.createDirectories(sandbox.elsewhere());
    Files.copy(workbook().resolve("jbang"), sandbox.launcher());
    sandbox.launcher().toFile().setExecutable(true);
    Files.writeString(sandbox.repo().resolve("Probe.java"), script);
    Files.writeString(
        sandbox.repo().resolve("jbang-catalog.json"),
        """
        {"aliases": {"probe": {"script-ref": "Probe.java", "arguments": ["first"]}}}
        """);
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

  static Path executable(Path file, String shellScript) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + shellScript);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  /** A folder that looks like a JDK from outside. */
  static Path jdk(Path folder, String version) throws IOException {
    executable(folder.resolve("bin/javac"), "");
    Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return folder;
  }

  Result jbang(String... arguments) throws Exception {
    return run(launcher(), arguments);
  }

  Result run(Path program, String... arguments) throws Exception {
    return await(start(program, new byte[0], arguments));
  }

  Result feed(byte[] input, String... arguments) throws Exception {
    return await(start(launcher(), input, arguments));
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
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.matches("(JBANG|SOCKETS|XDG|JAVA|JDK).*"));
    environment.put("HOME", home().toString());
    environment.put("PATH", bin() + File.pathSeparator + pathWithoutJBang());
    environment.putAll(settings);
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
  static String pathWithoutJBang() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .filter(entry -> !Files.exists(Path.of(entry, "jbang")))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
