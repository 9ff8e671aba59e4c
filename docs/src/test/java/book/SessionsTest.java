package book;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every session of the book still goes as recorded. */
class SessionsTest {
  private static final Repo REPO = Repo.around(Path.of(""));

  /** Sessions mostly wait, so a few at a time cost no more than one. */
  private static final ExecutorService TABLES = Executors.newFixedThreadPool(3);

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
  }

  @TestFactory
  List<DynamicTest> sessions() throws IOException {
    var tests = new ArrayList<DynamicTest>();
    for (var file : Repo.files(REPO.sessions(), "*.session")) {
      var session = Session.read(file, REPO.name(file));
      var missing = session.needs().stream().filter(need -> !need.met()).findFirst();
      if (missing.isPresent()) {
        var reason = "skipped: no " + missing.get();
        tests.add(DynamicTest.dynamicTest(session.name(), () -> abort(reason)));
      } else {
        var played = TABLES.submit(() -> player.play(session));
        tests.add(DynamicTest.dynamicTest(session.name(), () -> compare(session, file, played)));
      }
    }
    return tests;
  }

  private static void compare(Session session, Path file, Future<Player.Played> played)
      throws Exception {
    try {
      var recorded = session.lines().stream().map(Session.Line::text).toList();
      compare(session, file, recorded, played.get().lines());
      if (played.get().wire().isPresent()) {
        var story = Wire.story(played.get().wire().get(), session);
        compare(session, file, Wire.recordedStory(file, session), story);
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BookError error)
        fail(REPO.name(file) + ", " + error.getMessage());
      throw e;
    }
  }

  private static void compare(Session session, Path file, List<String> recorded, List<String> now) {
    if (now.equals(recorded)) return;
    fail(
        """
        %s no longer goes as recorded. If the change is meant: ./jbang sessions --record %s
        %s\
        """
            .formatted(REPO.name(file), session.name(), Diff.unified(recorded, now)));
  }
}
