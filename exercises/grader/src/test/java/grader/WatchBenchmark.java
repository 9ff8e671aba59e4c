package grader;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How long a learner waits for a verdict: from the change of the file to the end of the page, in
 * the loop and with Maven, in one run. It works on a copy of the workbook. Start it from an IDE, in
 * the folder of the workbook.
 */
final class WatchBenchmark {
  private static final int ROUNDS = 15;
  private static final int MAVEN_ROUNDS = 3;
  private static final String END = "n next, h hint";

  private WatchBenchmark() {}

  public static void main(String... arguments) throws Exception {
    var copy = Files.createTempDirectory("watch-benchmark");
    try {
      copy(Workbook.find(Path.of("")).root(), copy);
      var answer = copy.resolve("exercises/mine/ch01/Reply.java");
      var right = Files.readString(copy.resolve("solutions/accepted/ch01/Reply.java"));
      var wrong = right.replace("content.length", "body.length()");
      var broken = right.replaceFirst(";", "");

      double verdict;
      long started = System.nanoTime();
      try (var loop = new Loop(copy)) {
        loop.page();
        IO.println("first page after %.0f ms".formatted(millis(started)));
        for (int round = 0; round < 5; round++) loop.save(answer, round % 2 == 0 ? right : wrong);
        verdict = median("save to verdict", loop, answer, wrong, right);
        median("save to compile error", loop, answer, broken, wrong);
      }
      var maven = new ArrayList<Double>();
      for (int round = 0; round < MAVEN_ROUNDS; round++) {
        Files.writeString(answer, round % 2 == 0 ? right : wrong);
        maven.add(maven(copy));
      }
      double with = median(maven);
      IO.println("mvn -q -f exercises test -Dtest=ReplyTest: median %.0f ms".formatted(with));
      IO.println("ratio: %.0f".formatted(with / verdict));
    } finally {
      delete(copy);
    }
  }

  /** Each round saves both; the first counts. */
  private static double median(String what, Loop loop, Path answer, String text, String other)
      throws IOException {
    var all = new ArrayList<Double>();
    for (int round = 0; round < ROUNDS; round++) {
      all.add(loop.save(answer, text));
      loop.save(answer, other);
    }
    double median = median(all);
    IO.println("%s: median %.0f ms".formatted(what, median));
    return median;
  }

  private static double median(List<Double> all) {
    return all.stream().sorted().skip(all.size() / 2).findFirst().orElseThrow();
  }

  private static double millis(long since) {
    return (System.nanoTime() - since) / 1e6;
  }

  private static double maven(Path copy) throws IOException, InterruptedException {
    long started = System.nanoTime();
    new ProcessBuilder("mvn", "-q", "-f", "exercises", "test", "-Dtest=ReplyTest")
        .directory(copy.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    return millis(started);
  }

  /** The real program, with lines for keys. */
  private static final class Loop implements AutoCloseable {
    private final Process process;
    private final BufferedReader screen;

    Loop(Path copy) throws IOException {
      var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      process =
          new ProcessBuilder(
                  java,
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  "grader.Main",
                  "watch")
              .directory(copy.toFile())
              .start();
      screen = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /** Reads to the end of the next page. */
    void page() throws IOException {
      for (String line; (line = screen.readLine()) != null; ) if (line.startsWith(END)) return;
      throw new IOException("the loop has ended");
    }

    /** Milliseconds from the change of the file to the end of the page. */
    double save(Path answer, String text) throws IOException {
      while (screen.ready()) screen.readLine(); // the rest of the help
      Files.writeString(answer, text);
      long changed = System.nanoTime();
      page();
      double took = millis(changed);
      pause(); // as a reader would: meanwhile the next child starts
      return took;
    }

    private static void pause() {
      try {
        Thread.sleep(700);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() throws IOException {
      process.getOutputStream().close(); // the end of the lines: quit
      process.onExit().join();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    for (var part :
        List.of(
            "exercises",
            "solutions/accepted",
            "docs/chapters",
            "jbang-catalog.json",
            "pom.xml",
            "jbang",
            ".mvn")) {
      var source = from.resolve(part);
      if (!Files.exists(source)) continue;
      try (var files = Files.walk(source)) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          if (file.toString().contains("/target/") || file.toString().contains("/mine/")) continue;
          var target = to.resolve(from.relativize(file).toString());
          Files.createDirectories(target.getParent());
          Files.copy(file, target);
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }
}
