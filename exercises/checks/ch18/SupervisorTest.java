package ch18;

import static grader.Given.given;

import grader.Check;
import grader.Exercise;
import grader.Given;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

@Exercise(id = "18.1", title = "Supervisor", file = "ch18/Supervisor.java", level = 3, minutes = 60)
class SupervisorTest {
  private final Diary diary = new Diary();
  private Supervisor supervisor;

  @AfterEach
  void leaveNobody() {
    try {
      if (supervisor != null) supervisor.close();
    } catch (RuntimeException unfinished) {
      // Whether it can close is one of the checks.
    } finally {
      diary.endAll();
    }
  }

  private void start(int children, String... command) {
    supervisor = new Supervisor(children, List.of(command), diary, diary);
    supervisor.start();
  }

  private static String[] script(String text) {
    return new String[] {"/bin/sh", "-c", text};
  }

  @Check(
      step = 1,
      value = "keeps a child running in each place",
      points = 1,
      read = "chapter 18, \"A child is this program again\"")
  void running() throws Exception {
    var given = given("3 places, and a child that waits");
    start(3, "/bin/cat");
    diary.await(
        given,
        "3 started",
        d -> d.count("started") >= 3,
        "start() returns at once, and each place gets its child, without waiting for the end of"
            + " another.");
    given.wants(3L, diary.running(), "At most one child runs in each place.");
    given.wants(List.of(), diary.pauses(), "Nobody has ended: there is nothing to pause for.");
  }

  @Check(
      step = 2,
      value = "hands over the words as they are",
      points = 1,
      read = "chapter 18, \"A child is this program again\"")
  void words() throws Exception {
    var title = "Ada; echo $HOME  'n' \"Bob\" *";
    var given = given("echo, and one argument: " + title);
    start(1, "/bin/echo", title);
    diary.await(given, "a line", d -> d.count("said") > 0, "echo prints one line.");
    given.wants(
        "said " + title,
        diary.lines().get(1),
        "A command is a list of words. Joined into one text and given to a shell, a title of a book"
            + " becomes a program.");
  }

  @Check(
      step = 3,
      value = "tells each child its number",
      points = 1,
      read = "chapter 18, \"What people get wrong\"")
  void numbers() throws Exception {
    var given = given("3 places, and a child that prints $WORKER");
    start(3, script("echo worker $WORKER"));
    diary.await(
        given,
        "the lines worker 0, worker 1 and worker 2",
        d -> d.lines().containsAll(List.of("said worker 0", "said worker 1", "said worker 2")),
        "A child shares no memory with us, no static field and no system property. What it is to"
            + " know goes with it: in its arguments, in its environment, through its pipes.");
  }

  @Check(
      step = 4,
      value = "notices the end of a child",
      points = 1,
      read = "chapter 18, \"No zombie, no orphan\"")
  void end() throws Exception {
    var given = given("a child that exits with 3");
    start(1, script("exit 3"));
    diary.await(
        given,
        "ended 3",
        d -> d.lines().contains("ended 3"),
        "Somebody has to wait for it: the exit code is told to who asks, and until then the kernel"
            + " keeps an entry for the dead, a zombie.");
  }

  @Check(
      step = 5,
      value = "reads all that a child says",
      points = 2,
      read = "chapter 18, \"What goes into a pipe must be read\"")
  void output() throws Exception {
    var given =
        given("a child that prints 4,000 lines on stderr, as many on stdout, and exits with 7");
    var lines = "yes " + "y".repeat(49) + " | head -n 4000";
    start(1, script(lines + " >&2; " + lines + "; exit 7"));
    diary.await(
        given,
        "its end, with exit code 7",
        d -> d.lines().contains("ended 7"),
        "A pipe holds 64 KB. The child waits in its write until somebody reads, and nobody does:"
            + " both streams must be read while it runs, and neither after the other.");
    var first = diary.lines().stream().takeWhile(line -> !line.equals("ended 7"));
    given.wants(
        8_000L,
        first.filter(line -> line.startsWith("said y")).count(),
        "What it printed is for the log, every line, before its end.");
  }

  @Check(
      step = 6,
      value = "starts a successor after the pause",
      points = 1,
      read = "chapter 18, \"What people get wrong\"")
  void successor() throws Exception {
    var given = given("2 places; the child of place 0 exits with 3, the other one waits");
    start(2, script("if [ $WORKER = 0 ]; then exit 3; else exec cat; fi"));
    diary.await(
        given,
        "an end with 3, then a pause",
        d -> d.lines().contains("ended 3") && d.pauses().size() == 1 && d.count("started") == 2,
        "Each place notices the end of its own child, and pauses before it starts the next one."
            + " Without a pause a child that cannot run is started hundreds of times a second: a"
            + " restart storm.");
    var other = diary.started();
    diary.letGo();
    diary.await(
        given,
        "a third child, after the pause",
        d -> d.count("started") == 3,
        "The place is empty, and the pause is over.");
    given.wants(
        1L,
        other.stream().filter(ProcessHandle::isAlive).count(),
        "The child of place 1 has done nothing: it runs on.");
  }

  @Check(
      step = 7,
      value = "waits longer each time",
      points = 1,
      read = "chapter 18, \"What people get wrong\"")
  void backoff(@TempDir Path folder) throws Exception {
    var starts = folder.resolve("starts");
    var given = given("a child that exits with 1; the tenth exits with 0");
    Files.createFile(starts);
    var code = "echo x >> '%1$s'; test $(wc -l < '%1$s') -eq 10".formatted(starts);
    start(1, script(code));
    var wanted = List.of(100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000, 100, 200);
    for (int i = 1; i <= wanted.size(); i++) {
      int count = i;
      diary.await(
          given,
          i + " pauses, of which " + (i - 1) + " are over",
          d -> d.pauses().size() >= count,
          "Without a pause a child that cannot run is started thousands of times a minute, and"
              + " keeps the processor from those who can: a restart storm.");
      given.wants(
          millis(wanted.subList(0, i)),
          diary.pauses().toString(),
          "Twice as long each time, up to ten seconds; and after an exit with 0, from the"
              + " beginning.");
      diary.letGo();
    }
  }

  private static String millis(List<Integer> wanted) {
    return wanted.stream().map(Duration::ofMillis).toList().toString();
  }

  @Check(
      step = 8,
      value = "leaves nobody behind",
      points = 2,
      read = "chapter 18, \"No zombie, no orphan\"")
  void close() throws Exception {
    var given =
        given("3 places: a child that waits, one that ignores SIGTERM, and a pause; then close()");
    start(
        3,
        script(
            "case $WORKER in 0) exec cat;; 1) trap '' TERM; echo deaf; while :; do read x; done;;"
                + " *) exit 1;; esac"));
    diary.await(
        given,
        "two children and a pause",
        d -> d.pauses().size() == 1 && d.count("started") == 3 && d.lines().contains("said deaf"),
        "Each place is on its own.");
    supervisor.close();
    given.wants(
        0L,
        diary.running(),
        "A child does not end with who has started it. Ask each of them to end, wait for a moment,"
            + " kill the rest, and return when they have gone.");
    given.wants(3L, diary.count("ended"), "Each end is told to the log before close() returns.");
    given.wants(
        0,
        diary.inPause(),
        "A pause is still under way. When it is over, a child will be started, and nobody is there"
            + " any more who would end it.");
    supervisor.close();
    closesWhileItStarts(given("children that end at once, and a close() meanwhile"));
  }

  private void closesWhileItStarts(Given given) throws Exception {
    for (int i = 0; i < 20; i++) {
      diary.forget();
      start(2, "/bin/cat");
      supervisor.close();
      given.wants(0L, diary.running(), "One was started while the others were ended.");
    }
  }
}
