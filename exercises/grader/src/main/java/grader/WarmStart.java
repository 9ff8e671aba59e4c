package grader;

import static java.util.Comparator.comparing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * A child JVM that has run before starts in a quarter of the time: what it loads and links until it
 * is ready lies in a cache (JEP 483, JEP 514). The first start of a new version of the grader makes
 * the cache, which takes about two seconds. Where it cannot be made, the child starts without it.
 */
final class WarmStart {
  private static final Duration MAKING = Duration.ofMinutes(1); // on a machine under load

  private static final int KEPT = 8; // files

  private static final Map<List<String>, WarmStart> BY_OPTIONS = new HashMap<>();

  private final Path folder;
  private final String key;

  private WarmStart(Path folder, String key) {
    this.folder = folder;
    this.key = key;
  }

  /**
   * The class path of the child and, where there is one, its cache.
   *
   * @param jvm the options that the child will have besides
   */
  static synchronized List<String> options(List<String> jvm) {
    try {
      var start = BY_OPTIONS.get(jvm);
      if (start == null) {
        start = new WarmStart(folder(), key(jvm));
        BY_OPTIONS.put(jvm, start);
      }
      return start.made(jvm);
    } catch (IOException | UncheckedIOException cannot) {
      return List.of("-cp", ClassPath.ofChecks());
    }
  }

  private List<String> made(List<String> jvm) throws IOException {
    var classPath = List.of("-cp", ClassPath.ofChecks().replace("" + ClassPath.own(), "" + jar()));
    var cache = folder.resolve(key + ".aot");
    if (!Files.exists(cache)) {
      forgetOld();
      make(cache, jvm, classPath);
    }
    // A cache that does not fit is passed over; the JVM need not tell the learner.
    var with = new ArrayList<>(List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off,cds*=off"));
    with.addAll(classPath);
    return with;
  }

  /** Beside our classes: what is built anew lies elsewhere or is cleaned away. */
  private static Path folder() throws IOException {
    return Files.createDirectories(ClassPath.own().resolveSibling("warm-start"));
  }

  /** Another one for every other JDK, library, option or class of ours. */
  private static String key(List<String> jvm) throws IOException {
    var facts = new StringBuilder(Jdk.home() + " " + Runtime.version() + " " + jvm);
    for (var entry : ClassPath.ofChecks().split(File.pathSeparator)) {
      try (var files = Files.walk(Path.of(entry))) {
        for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
          facts.append('\n').append(file).append(' ').append(Files.size(file));
          facts.append(' ').append(Files.getLastModifiedTime(file));
        }
      }
    }
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      var digest = sha256.digest(facts.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible); // every JDK has it
    }
  }

  /** Our classes: a cache holds none that lie in a folder. */
  private Path jar() throws IOException {
    var own = ClassPath.own();
    if (!Files.isDirectory(own)) return own;
    var jar = folder.resolve(key + ".jar");
    if (Files.exists(jar)) return jar;
    var whole = Files.createTempFile(folder, "classes", ".new");
    try (var out = new JarOutputStream(Files.newOutputStream(whole));
        var files = Files.walk(own)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(own.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
      }
    }
    Files.move(whole, jar, StandardCopyOption.REPLACE_EXISTING);
    return jar;
  }

  /** Each build of the grader leaves one. Those made last may be in use. */
  private void forgetOld() throws IOException {
    try (var files = Files.list(folder)) {
      var old = files.sorted(comparing(WarmStart::lastModified).reversed()).skip(KEPT).toList();
      for (var file : old) Files.deleteIfExists(file);
    } catch (FileSystemException inUse) {
      // on Windows; a later one deletes it
    }
  }

  private static FileTime lastModified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException gone) {
      return FileTime.fromMillis(0);
    }
  }

  /** Runs a child to the point where it would wait for its answer. */
  private void make(Path cache, List<String> jvm, List<String> classPath) throws IOException {
    var made = folder.resolve(key + "-" + ProcessHandle.current().pid() + ".new");
    var command =
        Stream.of(
                List.of(Jdk.home().resolve("bin/java").toString()),
                jvm,
                List.of("-XX:AOTCacheOutput=" + made, "-Xlog:disable"),
                classPath,
                List.of(Worker.class.getName()))
            .flatMap(List::stream)
            .toList();
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      process.getOutputStream().close();
      boolean ended = process.waitFor(MAKING);
      if (ended && process.exitValue() == 0 && Files.exists(made)) {
        Files.move(made, cache, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (InterruptedException stop) {
      throw new CannotWork("stopped while it made " + cache, stop);
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(made);
    }
  }
}
