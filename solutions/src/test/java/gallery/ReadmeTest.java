package gallery;

import static org.assertj.core.api.Assertions.assertThat;

import grader.Workbook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verdict that the README shows is the one that a learner gets. */
class ReadmeTest {
  private static final Path ROOT = Workbook.find(Path.of("")).root();
  private static final Path COUNTS_CHARACTERS =
      ROOT.resolve("solutions/rejected/1.1/characters/Reply.java");

  @Test
  void showsARealVerdict(@TempDir Path workbook) throws Exception {
    Files.copy(ROOT.resolve("jbang-catalog.json"), workbook.resolve("jbang-catalog.json"));
    copy("exercises/shipped/ch01/Reply.java", workbook);
    copy("exercises/checks/ch01/ReplyTest.java", workbook);
    var answer = workbook.resolve("exercises/mine/ch01/Reply.java");
    Files.createDirectories(answer.getParent());
    Files.copy(COUNTS_CHARACTERS, answer);

    var block =
        """
        // tag::verdict[]
        [source,console]
        ----
        $ ./jbang check 1.1
        %s----
        // end::verdict[]
        """
            .formatted(check(workbook, "1.1"));

    assertThat(Files.readString(ROOT.resolve("README.adoc"))).contains(block);
  }

  private static String check(Path workbook, String id) throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classes = System.getProperty("java.class.path");
    var process =
        new ProcessBuilder(
                java, "-Dstdout.encoding=UTF-8", "-cp", classes, "grader.Main", "check", id)
            .directory(workbook.toFile())
            .redirectError(workbook.resolve("stderr").toFile());
    var running = process.start();
    try {
      var verdict = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(running.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(running.exitValue()).isEqualTo(1);
      return verdict;
    } finally {
      running.destroyForcibly();
    }
  }

  private static void copy(String name, Path workbook) throws IOException {
    Files.createDirectories(workbook.resolve(name).getParent());
    Files.copy(ROOT.resolve(name), workbook.resolve(name));
  }
}
