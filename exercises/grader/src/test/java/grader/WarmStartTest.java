package grader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("all") // each makes a cache
class WarmStartTest {
  private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xmx64m");
  private static final List<String> OPTIONS = WarmStart.options(JVM);

  @TempDir Path folder;

  @Test
  void itsCacheFitsTheChild() throws Exception {
    var required = List.of("-XX:AOTMode=on");
    assertThat(run(required, OPTIONS)).isEqualTo("exit code 0\n");
  }

  @Test
  void aCacheThatIsDamagedIsPassedOver() throws Exception {
    var cache = Path.of(OPTIONS.getFirst().replace("-XX:AOTCache=", ""));
    var whole = Files.readAllBytes(cache);
    var cut = Files.write(folder.resolve("cut.aot"), List.of());
    for (int size : List.of(0, 100, whole.length / 2, whole.length - 1)) {
      Files.write(cut, Arrays.copyOf(whole, size));
      assertThat(run(List.of(), withCache(cut)))
          .as("%d bytes of it", size)
          .isEqualTo("exit code 0\n");
    }
    assertThat(run(List.of(), withCache(folder.resolve("missing.aot")))).isEqualTo("exit code 0\n");
  }

  private static List<String> withCache(Path cache) {
    return Stream.concat(Stream.of("-XX:AOTCache=" + cache), OPTIONS.stream().skip(1)).toList();
  }

  /** A child that is told to run nothing. Returns what it prints, and how it ends. */
  private String run(List<String> more, List<String> options)
      throws IOException, InterruptedException {
    var java = List.of(Jdk.home().resolve("bin/java").toString());
    var command =
        Stream.of(java, JVM, more, options, List.of(Worker.class.getName()))
            .flatMap(List::stream)
            .toList();
    var out = folder.resolve("out");
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    try {
      process.getOutputStream().close();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return Files.readString(out) + "exit code " + process.exitValue() + "\n";
    } finally {
      process.destroyForcibly();
    }
  }
}
