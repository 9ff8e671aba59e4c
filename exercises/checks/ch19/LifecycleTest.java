package ch19;

import static grader.Given.given;

import grader.Check;
import grader.Exercise;
import grader.Given;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

@Exercise(id = "19.2", title = "Lifecycle", file = "ch19/Lifecycle.java", level = 2, minutes = 40)
class LifecycleTest {
  private static final String ALL = "setup, handle, finish, close";

  @Check(
      step = 1,
      value = "sets up, handles, finishes, and then closes",
      points = 1,
      read = "chapter 19, \"Setup, handle, finish\"")
  void inOrder() throws Exception {
    var given = given("a handler whose answer stands in a buffer, until finish flushes it");
    var out = new AtomicReference<OutputStream>();
    try (var visit = new Visit()) {
      visit
          .setup(connection -> out.set(new BufferedOutputStream(connection.getOutputStream())))
          .handle(_ -> out.get().write("shelf 7\n".getBytes(StandardCharsets.US_ASCII)))
          .finish(_ -> out.get().flush())
          .serve();
      ends(
          given,
          ALL,
          visit,
          "finish may have something to say: it comes after handle, and the connection is closed"
              + " after it. Where all goes well it is closed, too: nobody else does it.");
      given.wants(
          "the peer hears shelf 7 [end]",
          "the peer hears " + visit.hears(),
          "The last bytes leave in finish, and after them comes the end.");
      tells(given, "nothing is reported", visit, "Nothing has failed.");
    }
  }

  private static void ends(Given given, String story, Visit visit, String means) {
    if (story.equals(visit.story())) return;
    throw given.wrong(story, visit.story() + "; " + visit.outcome(), means);
  }

  private static void tells(Given given, String outcome, Visit visit, String means) {
    given.wants(outcome, visit.outcome(), means);
  }

  @Check(
      step = 2,
      value = "finishes, closes and reports once when handle fails",
      points = 2,
      read = "chapter 19, \"Setup, handle, finish\"")
  void handleFails() throws Exception {
    var given = given("a handler whose handle reads, and whose peer has reset the connection");
    try (var visit = new Visit()) {
      visit.wire.reset();
      visit.handle(connection -> connection.getInputStream().read()).serve();
      ends(
          given,
          ALL,
          visit,
          "What setup has taken finish gives back: it has to run whether handle returns or throws."
              + " So has the close.");
      if (visit.reported.isEmpty()) {
        throw given.wrong(
            "one report, of a SocketException",
            visit.outcome(),
            "The peer of this connection will not complain, and nobody else knows. Whoever looks"
                + " for the fault tomorrow has the report only: a lost connection is one.");
      }
      given.wants(
          "one report, of a SocketException",
          visit.reported.size() == 1
              ? "one report, of a " + visit.reported.getFirst().getClass().getSimpleName()
              : visit.outcome(),
          "One failure is one report, and it is what was thrown. Two places report it if one"
              + " reports and throws on: report where it ends.");
    }
  }

  @Check(
      step = 3,
      value = "closes and reports, and does no more, when setup fails",
      points = 2,
      read = "chapter 19, \"What people get wrong\"")
  void setupFails() throws Exception {
    var given = given("a handler whose setup fails: the card is not known");
    try (var visit = new Visit()) {
      visit.setup(Visit.failing(new IOException("no such card"))).serve();
      ends(
          given,
          "setup, close",
          visit,
          visit.story().contains("finish")
              ? "There is nothing to finish: what finish gives back setup has not taken. A finally"
                  + " around all three cannot know how far they came."
              : visit.story().contains("handle")
                  ? "Whoever was not let in is not served."
                  : "The connection was open before setup began. Each failed setup leaves a"
                      + " descriptor open, and a peer who waits.");
      tells(
          given,
          "reported: java.io.IOException: no such card",
          visit,
          "A setup that fails is a failure of the request like any other.");
    }
  }

  @Check(
      step = 4,
      value = "treats a bug or an Error as it treats a lost connection",
      points = 1,
      read = "chapter 19, \"What is common\"")
  void whateverItIs() throws Exception {
    wantsLike(
        "an IllegalStateException",
        "setup",
        _ -> {
          throw new IllegalStateException("a bug");
        });
    wantsLike(
        "a checked Exception",
        "handle",
        _ -> {
          throw new Exception("no such book");
        });
    wantsLike(
        "a NullPointerException",
        "finish",
        _ -> {
          throw new NullPointerException("a bug");
        });
    wantsLike(
        "an OutOfMemoryError",
        "setup",
        _ -> {
          throw new OutOfMemoryError("Java heap space");
        });
    wantsLike("a StackOverflowError", "handle", _ -> deeper(1));
    wantsLike(
        "an OutOfMemoryError",
        "finish",
        _ -> {
          throw new OutOfMemoryError("Java heap space");
        });
  }

  private static int deeper(int depth) {
    return deeper(depth + 1) + 1;
  }

  private static void wantsLike(String failure, String step, Visit.Step fails) throws Exception {
    var given = given("%s in %s".formatted(failure, step));
    try (var visit = new Visit()) {
      switch (step) {
        case "setup" -> visit.setup(fails);
        case "handle" -> visit.handle(fails);
        default -> visit.finish(fails);
      }
      visit.serve();
      ends(
          given,
          step.equals("setup") ? "setup, close" : ALL,
          visit,
          "A handler is somebody else's code, and can throw anything. Whatever it is, the"
              + " connection is to be closed.");
      if (!visit.reportedOnce()) {
        throw given.wrong(
            "one report of it, and nothing thrown",
            visit.outcome(),
            visit.reported.isEmpty()
                ? "It passes by a catch that is for some exceptions, and takes the thread of the"
                    + " caller along: in a sequential server that is the loop. An Error is no"
                    + " Exception, and Throwable is both."
                : "The report is the end of it. What is thrown on ends the thread of the caller: in"
                    + " a sequential server that is the loop.");
      }
      var name = visit.reported.getFirst().getClass().getSimpleName();
      given.wants(
          "a report of " + failure,
          failure.endsWith(" " + name) ? "a report of " + failure : visit.outcome(),
          "The report is of what was thrown, and not of a wrapper.");
    }
  }

  @Check(
      step = 5,
      value = "reports the first failure, and the later ones with it",
      points = 2,
      read = "chapter 19, \"What people get wrong\"")
  void firstFailure() throws Exception {
    var lost = new SocketException("Connection reset");
    var full = new IOException("no space for the log");
    var late = new IOException("close: Input/output error");

    var both = given("handle fails, and then finish does");
    try (var visit = new Visit()) {
      visit.handle(Visit.failing(lost)).finish(Visit.failing(full)).serve();
      ends(both, ALL, visit, "However many fail, the connection is closed.");
      tells(
          both,
          "reported: %s (suppressed: %s)".formatted(lost, full),
          visit,
          "What has failed first is the cause of trouble, and what fails after it is often a"
              + " consequence. An exception that leaves a finally block replaces the one that was"
              + " on its way: then nobody ever hears of the first. Throwable.addSuppressed keeps"
              + " both, in one report.");
    }

    var same = given("handle fails, and finish throws the very same exception again");
    var once = new IOException("write failed before");
    try (var visit = new Visit()) {
      visit.handle(Visit.failing(once)).finish(Visit.failing(once)).serve();
      ends(same, ALL, visit, "However many fail, the connection is closed.");
      tells(
          same,
          "reported: " + once,
          visit,
          "A writer that remembers why it failed throws that again when it is flushed. An"
              + " exception cannot suppress itself: addSuppressed throws an"
              + " IllegalArgumentException then, and try with resources calls it for you.");
    }

    var closing = given("nothing fails but the close");
    try (var visit = new Visit()) {
      visit.closeFails(late).serve();
      tells(
          closing,
          "reported: " + late,
          visit,
          "What was written may not have arrived. A close that fails is the last that this"
              + " connection can tell.");
    }

    var setup = new IOException("no such card");
    var refused = given("setup fails, and then the close does");
    try (var visit = new Visit()) {
      visit.setup(Visit.failing(setup)).closeFails(late).serve();
      tells(
          refused,
          "reported: %s (suppressed: %s)".formatted(setup, late),
          visit,
          "Both belong to one request, and so to one report. It has to wait until the connection"
              + " is closed.");
    }

    var all = given("handle, finish and the close fail");
    var first = new EOFException("closed in the middle of a line");
    try (var visit = new Visit()) {
      visit.handle(Visit.failing(first)).finish(Visit.failing(full)).closeFails(late).serve();
      tells(
          all,
          "reported: %s (suppressed: %s) (suppressed: %s)".formatted(first, full, late),
          visit,
          "Three things went wrong, in this order, and the report has all of them: each later one"
              + " is suppressed in the first.");
    }
  }

  @Check(
      step = 6,
      value = "half-closes, and closes once, also when the peer is gone",
      points = 1,
      read = "chapter 19, \"What is common\"")
  void ends() throws Exception {
    var given = given("a handler that says goodbye, to a peer that reads to the end");
    try (var visit = new Visit()) {
      visit.handle(connection -> Visit.say(connection, "goodbye")).peerListens().serve();
      given.wants(
          "before the close the peer has heard goodbye [end]",
          "before the close the peer has heard " + visit.heardBeforeClose(),
          "shutdown_request says the end first, and closes then. A close gives back a descriptor;"
              + " that it says the end as well is what today's JDK adds, no promise of"
              + " Socket.close.");
      closesOnce(given, visit);
    }

    var failed = given("a half-close that fails: Transport endpoint is not connected");
    try (var visit = new Visit()) {
      visit.halfCloseFails(new SocketException("Transport endpoint is not connected")).serve();
      closedAndSilent(failed, visit);
      closesOnce(failed, visit);
    }

    var first = given("a handler that has half-closed the connection itself");
    try (var visit = new Visit()) {
      visit.finish(connection -> connection.shutdownOutput()).serve();
      closedAndSilent(first, visit);
    }

    var own = given("a handler that has closed the connection itself");
    try (var visit = new Visit()) {
      visit.finish(connection -> connection.getOutputStream().close()).serve();
      closedAndSilent(own, visit);
    }
  }

  private static void closesOnce(Given given, Visit visit) {
    given.wants(
        "half-close, close",
        visit.end(),
        "Whoever closes twice does not know who closes. To close one of its streams is to close the"
            + " connection. Where a descriptor is a number, the second close hits whoever has got"
            + " that number meanwhile.");
  }

  private static void closedAndSilent(Given given, Visit visit) {
    ends(
        given,
        ALL,
        visit,
        "The end could not be said. The descriptor is still to be given back: what comes after a"
            + " statement that throws needs a finally, or a catch before it.");
    tells(
        given,
        "nothing is reported",
        visit,
        "The conversation is over, and all of it went well. That the peer did not wait for the end,"
            + " or has it already, is no failure.");
  }

  @Check(
      step = 7,
      value = "gives an interrupt back, when finish is done",
      points = 1,
      read = "chapter 19, \"Setup, handle, finish\"")
  void interrupt() throws Exception {
    var log = new ArrayBlockingQueue<String>(10);
    Visit.Step logs = _ -> log.put("one visit");

    var thrown = given("a handle that is interrupted while it waits, and a finish that may wait");
    try (var visit = new Visit()) {
      visit.handle(_ -> interruptedWait()).finish(logs).serve();
      ends(thrown, ALL, visit, "An InterruptedException is a failure like any other.");
      finished(thrown, log);
      kept(thrown, true, visit);
      given("the same")
          .wants(
              "one report, of an InterruptedException",
              visit.reported.size() == 1
                  ? "one report, of an " + visit.reported.getFirst().getClass().getSimpleName()
                  : visit.outcome(),
              "The conversation was cut short: it has failed.");
    }

    var set = given("a handle that returns with the status set, and a finish that may wait");
    try (var visit = new Visit()) {
      visit.handle(_ -> Thread.currentThread().interrupt()).finish(logs).serve();
      finished(set, log);
      kept(set, true, visit);
      tells(set, "nothing is reported", visit, "No step has failed.");
    }

    var setup = given("a setup that is interrupted while it waits");
    try (var visit = new Visit()) {
      visit.setup(_ -> interruptedWait()).serve();
      kept(setup, true, visit);
    }

    var second = given("a handle that fails, and a finish that is interrupted while it waits");
    try (var visit = new Visit()) {
      visit
          .handle(Visit.failing(new IOException("Connection reset")))
          .finish(_ -> interruptedWait())
          .serve();
      kept(second, true, visit);
    }

    var never = given("a handle that fails, and nobody interrupts");
    try (var visit = new Visit()) {
      visit.handle(Visit.failing(new IOException("Connection reset"))).serve();
      kept(never, false, visit);
    }
  }

  /** As if another thread had interrupted this one: the status is clear when it throws. */
  private static void interruptedWait() throws InterruptedException {
    Thread.currentThread().interrupt();
    new Semaphore(0).acquire();
  }

  private static void finished(Given given, ArrayBlockingQueue<String> log) {
    given.wants(
        "finish has written its line into the log",
        log.poll() == null
            ? "finish was interrupted, and wrote nothing"
            : "finish has written its line into the log",
        "The status was set when finish began, and so its first wait throws: what it was to give"
            + " back is lost. Put the status back when all is done.");
  }

  private static void kept(Given given, boolean wanted, Visit visit) {
    given.wants(
        words(wanted),
        words(visit.interrupted()),
        wanted
            ? "An InterruptedException clears the status, and who catches it is the last who knows."
                + " A pool that is shut down interrupts its threads: this one will never hear of"
                + " it, and takes the next task."
            : "Whoever owns the thread takes this for a request to end.");
  }

  private static String words(boolean interrupted) {
    return interrupted ? "the thread is interrupted" : "the thread is not interrupted";
  }
}
