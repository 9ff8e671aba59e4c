package gallery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import grader.Workbook;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The session of the README is one that a learner gets: it is played, line by line. What it leaves
 * out may be anything.
 */
class ReadmeTest {
  private static final Path ROOT = Workbook.find(Path.of("")).root();
  private static final Path COUNTS_CHARACTERS =
      ROOT.resolve("solutions/rejected/1.1/characters/Reply.java");

  private static final Pattern SESSION =
      Pattern.compile(
          "// tag::loop\\[]\n"
              + "\\[source,console]\n"
              + "----\n"
              + "\\$ \\./jbang watch\n"
              + "(.*?)----\n"
              + "// end::loop\\[]",
          Pattern.DOTALL);
  private static final Pattern SAVED =
      Pattern.compile("# Reply\\.java is saved with (.+) in place of (.+)");
  private static final String LEFT_OUT = "[...]\n";
  private static final String LAST_OF_A_PAGE = ", q quit";

  @TempDir Path workbook;

  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void theLoopGoesAsTheReadmeShowsIt() throws Exception {
    for (var name :
        List.of(
            "jbang-catalog.json",
            "exercises/shipped/ch01/Reply.java",
            "exercises/shipped/ch01/RequestHead.java",
            "exercises/checks/ch01/ReplyTest.java",
            "exercises/checks/ch01/RequestHeadTest.java",
            "exercises/hints/1.1.adoc")) {
      copy(name);
    }
    var answer = workbook.resolve("exercises/mine/ch01/Reply.java");
    Files.createDirectories(answer.getParent());
    Files.copy(COUNTS_CHARACTERS, answer);

    var session = SESSION.matcher(Files.readString(ROOT.resolve("README.adoc")));
    assertThat(session.find()).isTrue();
    play(session.group(1), answer);
  }

  private void play(String session, Path answer) throws Exception {
    var loop = watch();
    try (var screen = new BufferedReader(new InputStreamReader(loop.getInputStream(), UTF_8));
        var keyboard = loop.outputWriter(UTF_8)) {
      var page = new StringBuilder();
      for (var line : session.lines().toList()) {
        var saved = SAVED.matcher(line);
        boolean typed = line.startsWith("> ");
        if (!typed && !saved.matches()) {
          page.append(line).append('\n');
          continue;
        }
        assertThat(nextPage(screen)).matches(asShown(page.toString()));
        page.setLength(0);
        if (typed) {
          keyboard.write(line.substring(2) + "\n");
          keyboard.flush();
        } else {
          replace(answer, saved.group(2), saved.group(1));
        }
      }
      assertThat(page).as("what follows the last key").isEmpty();
      assertThat(loop.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(loop.exitValue()).isZero();
    } finally {
      loop.destroyForcibly();
    }
  }

  private Process watch() throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classes = System.getProperty("java.class.path");
    var builder =
        new ProcessBuilder(java, "-Dstdout.encoding=UTF-8", "-cp", classes, "grader.Main", "watch")
            .directory(workbook.toFile())
            .redirectError(workbook.resolve("stderr").toFile());
    builder.environment().remove("TERM");
    return builder.start();
  }

  private static String nextPage(BufferedReader screen) throws IOException {
    var page = new StringBuilder();
    for (String line; (line = screen.readLine()) != null; ) {
      page.append(line).append('\n');
      if (line.endsWith(LAST_OF_A_PAGE)) break;
    }
    return page.toString();
  }

  private static Pattern asShown(String page) {
    var parts = new ArrayList<String>();
    for (var part : page.split(Pattern.quote(LEFT_OUT), -1)) parts.add(Pattern.quote(part));
    return Pattern.compile(String.join("(?:.*\n)+", parts));
  }

  /** In one step: half of a file would have a verdict, too. */
  private static void replace(Path file, String before, String after) throws IOException {
    var text = Files.readString(file);
    assertThat(text).contains(before);
    var whole = Files.createTempFile(file.getParent(), "Reply", ".new");
    Files.writeString(whole, text.replace(before, after));
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void copy(String name) throws IOException {
    Files.createDirectories(workbook.resolve(name).getParent());
    Files.copy(ROOT.resolve(name), workbook.resolve(name));
  }
}
