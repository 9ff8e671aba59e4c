package book;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The sessions of the book still go as recorded: with {@code -Pall} every one, and without it the
 * first of each chapter that this machine has all for. An author who is at work on one need not
 * wait for the others: {@code -Dsession=01-hello}.
 */
class SessionsTest {
  private static final boolean ALL = Boolean.getBoolean("all");
  private static final String ONLY = System.getProperty("session", "");
  private static final Pattern SHOWN = Pattern.compile("^session::(.+)\\[]", Pattern.MULTILINE);

  private static final Repo REPO = Repo.around(Path.of(""));

  /** Sessions mostly wait, so a few at a time cost no more than one. */
  private static final ExecutorService TABLES = Executors.newFixedThreadPool(3);

  private static final Queue<String> PLAYED_TWICE = new ConcurrentLinkedQueue<>();

  private static Player player;

  @BeforeAll
  static void open() throws IOException {
    player = new Player(REPO);
  }

  @AfterAll
  static void close() throws IOException {
    TABLES.shutdownNow();
    TABLES.close();
    player.close();
    if (!PLAYED_TWICE.isEmpty()) IO.println("Sessions that were played twice: " + PLAYED_TWICE);
  }

  @TestFactory
  List<DynamicTest> sessions() throws IOException {
    var tests = new ArrayList<DynamicTest>();
    for (var file : files()) {
      var session = Session.read(file, REPO.name(file));
      var missing = missing(session);
      if (missing.isPresent()) {
        var reason = "skipped: no " + missing.get();
        tests.add(DynamicTest.dynamicTest(session.name(), () -> abort(reason)));
      } else {
        var difference = TABLES.submit(() -> difference(session, file));
        tests.add(DynamicTest.dynamicTest(session.name(), () -> isNone(difference)));
      }
    }
    return tests;
  }

  private static Optional<Need> missing(Session session) {
    return session.needs().stream().filter(need -> !need.met()).findFirst();
  }

  private static List<Path> files() throws IOException {
    if (!ONLY.isEmpty()) return List.of(file(ONLY));
    if (ALL) return Repo.files(REPO.sessions(), "*.session");
    var files = new ArrayList<Path>();
    for (var chapter : Repo.files(REPO.chapters(), "*.adoc")) {
      for (var shown : SHOWN.matcher(Files.readString(chapter)).results().toList()) {
        var file = file(shown.group(1));
        if (missing(Session.read(file, REPO.name(file))).isPresent()) continue;
        files.add(file);
        break;
      }
    }
    return files;
  }

  private static Path file(String session) {
    return REPO.sessions().resolve(session + ".session");
  }

  /**
   * Between the recording and what the terminals show now; empty if there is none. On a machine
   * that does much else something may come late: without {@code -Pall} there is a second chance.
   */
  private static String difference(Session session, Path file) throws IOException {
    var difference = play(session, file);
    if (difference.isEmpty() || ALL) return difference;
    PLAYED_TWICE.add(session.name());
    return play(session, file);
  }

  private static String play(Session session, Path file) throws IOException {
    try {
      var played = player.play(session);
      var recorded = session.lines().stream().map(Session.Line::text).toList();
      var difference = difference(session, file, recorded, played.lines());
      if (!difference.isEmpty() || played.wire().isEmpty()) return difference;
      var story = Wire.story(played.wire().get(), session);
      return difference(session, file, Wire.recordedStory(file, session), story);
    } catch (BookError error) {
      return REPO.name(file) + ", " + error.getMessage();
    }
  }

  private static String difference(
      Session session, Path file, List<String> recorded, List<String> now) {
    if (now.equals(recorded)) return "";
    return """
    %s no longer goes as recorded. If the change is meant: ./jbang sessions --record %s
    %s\
    """
        .formatted(REPO.name(file), session.name(), Diff.unified(recorded, now));
  }

  private static void isNone(Future<String> difference) throws Exception {
    if (!difference.get().isEmpty()) fail(difference.get());
  }
}
