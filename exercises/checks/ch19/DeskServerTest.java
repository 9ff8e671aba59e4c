package ch19;

import static grader.Given.given;
import static java.nio.charset.StandardCharsets.US_ASCII;

import grader.Check;
import grader.Exercise;
import grader.Given;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ref.WeakReference;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

@Exercise(id = "19.1", title = "Shutdown", file = "ch19/DeskServer.java", level = 3, minutes = 60)
class DeskServerTest {
  /** What should not happen is waited for, too, but not for long. */
  private static final Duration A_WHILE = Duration.ofMillis(300);

  private static final Duration LONG = Duration.ofSeconds(20);

  static void say(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\n").getBytes(US_ASCII));
  }

  private static BufferedReader lines(Socket caller) throws IOException {
    return new BufferedReader(new InputStreamReader(caller.getInputStream(), US_ASCII));
  }

  /** Greets, and then says every line back, until the caller ends. */
  private static void echo(Socket caller) throws IOException {
    say(caller, "Welcome");
    var in = lines(caller);
    for (String line; (line = in.readLine()) != null; ) say(caller, line);
  }

  @Check(
      step = 1,
      value = "serves many at once, and returns when it is told",
      points = 1,
      read = "chapter 19, \"What is common\"")
  void serves() throws Exception {
    try (var evening = Evening.serving(DeskServerTest::echo)) {
      var given = given("three callers, who speak in reverse order and then leave");
      var callers = List.of(evening.call(), evening.call(), evening.call());
      for (var caller : callers) greeted(given, caller);
      for (var caller : callers.reversed()) {
        var heard = caller.says("opening hours?").hears();
        given.wants("opening hours?", heard, "A caller who is silent makes nobody else wait.");
      }
      for (var caller : callers) caller.close();
      returns(given, "shutdown", evening.shutdown(Duration.ZERO));
      ended(given, evening);
    }
  }

  private static void greeted(Given given, Evening.Caller caller) {
    given.wants(
        "Welcome",
        caller.hears(),
        "The handler greets whoever it is called for. Who is not greeted waits in the accept"
            + " queue: each caller has a thread of its own, and the loop goes on to accept.");
  }

  private static void returns(Given given, String call, Thread thread) throws Exception {
    if (thread.join(Evening.PATIENCE)) return;
    throw given.wrong(
        call + " returns",
        call + " waits, in " + where(thread),
        "Look at what it waits for, and at who could bring that about.");
  }

  private static String where(Thread thread) {
    for (var frame : thread.getStackTrace()) {
      if (frame.getClassName().startsWith("ch19.DeskServer")) return frame.getMethodName() + "()";
    }
    return "a thread that has ended meanwhile";
  }

  private static void ended(Given given, Evening evening) throws Exception {
    evening.hasReturned();
    given.wants(
        "serveForever has returned",
        evening.loop(),
        "accept() hears of no flag: it is blocked. Another thread wakes it by closing the"
            + " listener, and that is no failure of accept.");
    given.wants(
        "a connect that is refused",
        evening.refuses() ? "a connect that is refused" : "a connect that succeeds",
        "As long as the listener is open the kernel takes callers, and nobody will ever accept"
            + " them.");
  }

  @Check(
      step = 2,
      value = "says at once that it cannot listen",
      points = 1,
      read = "chapter 19, \"What people get wrong\"")
  void bind() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var address = new InetSocketAddress(taken.getInetAddress(), taken.getLocalPort());
      given("a port that is taken, and new DeskServer(…)")
          .throwing(
              IOException.class,
              () -> new DeskServer(address, DeskServerTest::echo),
              "A server that could not bind is no server. Whoever made it must hear that, at once"
                  + " and as an exception: a line in a log is read when the callers complain.");
    }
  }

  @Check(
      step = 3,
      value = "goes on when a handler fails",
      points = 1,
      read = "chapter 19, \"Setup, handle, finish\"")
  void failures() throws Exception {
    var failures = new ConcurrentLinkedQueue<Throwable>();
    failures.add(new IOException("lost"));
    failures.add(new IllegalStateException("no such book"));
    failures.add(new AssertionError("a bug"));
    try (var evening = Evening.serving(caller -> fail(failures, caller))) {
      while (!failures.isEmpty()) {
        var given = given("a handler that throws " + failures.peek());
        given.wants(
            "[end]",
            callAfterFailures(given, evening).hears(),
            "The caller of a handler that failed waits for an answer that nobody will write. Close"
                + " the connection on every way out, an Error's as well.");
      }
      var given = given("the next caller, after three handlers that threw");
      greeted(given, callAfterFailures(given, evening));
    }
  }

  private static Evening.Caller callAfterFailures(Given given, Evening evening) throws Exception {
    try {
      return evening.call();
    } catch (ConnectException refused) {
      evening.hasReturned();
      throw given.wrong(
          "a server that takes the next caller",
          "a connect that is refused: " + evening.loop(),
          "One conversation failed, and with it ended all that were to come. What a handler throws"
              + " concerns one caller. Report it, and go on.");
    }
  }

  private static void fail(ConcurrentLinkedQueue<Throwable> failures, Socket caller)
      throws IOException {
    switch (failures.poll()) {
      case IOException lost -> throw lost;
      case RuntimeException failed -> throw failed;
      case Error bug -> throw bug;
      case null, default -> echo(caller);
    }
  }

  @Check(
      step = 4,
      value = "forgets who has left",
      points = 1,
      read = "chapter 19, \"What people get wrong\"")
  void forgets() throws Exception {
    int count = 100;
    var threads = new ConcurrentLinkedQueue<WeakReference<Thread>>();
    try (var evening =
        Evening.serving(caller -> {
          threads.add(new WeakReference<>(Thread.currentThread()));
          say(caller, "Goodbye");
        })) {
      for (int i = 0; i < count; i++) {
        try (var caller = evening.call()) {
          caller.hears();
          caller.hears();
        }
      }
      int kept = kept(threads);
      if (kept <= 5) return; // the last ones may be on their way out
      throw given("%d callers, one after the other, who have all left".formatted(count))
          .wrong(
              "none of their threads is kept",
              "%d of their threads are kept".formatted(kept),
              "This looks like a list of threads to which each caller adds one, and from which"
                  + " nobody takes any. It grows as long as the server runs. Who leaves takes his"
                  + " entry along.");
    }
  }

  private static int kept(ConcurrentLinkedQueue<WeakReference<Thread>> threads) throws Exception {
    int kept = distinct(threads);
    for (int tries = 0; tries < 20 && kept > 5; tries++) {
      System.gc();
      kept = distinct(threads);
      if (kept > 5) new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
    }
    return kept;
  }

  /** The thread of a pool serves many, and it may be kept. */
  private static int distinct(ConcurrentLinkedQueue<WeakReference<Thread>> threads) {
    return (int)
        threads.stream().map(WeakReference::get).filter(Objects::nonNull).distinct().count();
  }

  @Check(
      step = 5,
      value = "ends what is under way, and then returns",
      points = 2,
      read = "chapter 19, \"Shutdown\"")
  void ends() throws Exception {
    try (var tidying = new Tidying(3);
        var evening = Evening.serving(tidying::handle)) {
      var given = given("three callers who say nothing, and shutdown(0 s)");
      var callers = List.of(evening.call(), evening.call(), evening.call());
      for (var caller : callers) greeted(given, caller);
      var shutdown = evening.shutdown(Duration.ZERO);
      given.wants(
          "3 handlers that notice",
          tidying.noticed() + " handlers that notice",
          "A handler that reads waits for its caller. A flag does not wake it, and neither does an"
              + " interrupt: only the end of its connection does.");
      given.wants(
          "shutdown waits for the handlers",
          shutdown.join(A_WHILE) ? "shutdown has returned" : "shutdown waits for the handlers",
          "The connections are cut, and three handlers are still at work. Who calls shutdown may"
              + " close next what the handlers use. Return when the last of them has returned.");
      tidying.done();
      returns(given, "shutdown", shutdown);
      for (var caller : callers) {
        given.wants("[end]", caller.hears(), "Every connection is closed when it returns.");
      }
      ended(given, evening);
    }
  }

  /** Handlers that echo, and then have something to put in order, until it is done. */
  private static final class Tidying implements AutoCloseable {
    private final int handlers;
    private final CountDownLatch toNotice;
    private final CountDownLatch done = new CountDownLatch(1);

    Tidying(int handlers) {
      this.handlers = handlers;
      toNotice = new CountDownLatch(handlers);
    }

    void handle(Socket caller) throws IOException {
      try {
        echo(caller);
      } finally {
        toNotice.countDown();
        await(done);
      }
    }

    /** How many have noticed that their conversation is over. Waits for all of them, for a time. */
    long noticed() throws InterruptedException {
      toNotice.await(Evening.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return handlers - toNotice.getCount();
    }

    void done() {
      done.countDown();
    }

    @Override
    public void close() {
      done();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  @Check(
      step = 6,
      value = "gives those who talk their time, and no more",
      points = 1,
      read = "chapter 19, \"Shutdown\"")
  void grace() throws Exception {
    try (var evening = Evening.serving(DeskServerTest::echo)) {
      var given = given("a caller who is talking, and shutdown(20 s)");
      var caller = evening.call();
      greeted(given, caller);
      var shutdown = evening.shutdown(LONG);
      ended(given, evening);
      given.wants(
          "one moment!",
          caller.says("one moment!").hears(),
          "The grace is for those who are talking: their connections stay open as long.");
      caller.close();
      given.wants(
          "shutdown returns when the last has left",
          shutdown.join(Evening.PATIENCE)
              ? "shutdown returns when the last has left"
              : "shutdown goes on waiting, in " + where(shutdown),
          "The grace is the most that anybody waits. Nobody is there any more: wait for that, not"
              + " for the clock.");
    }
  }

  @Check(
      step = 7,
      value = "may be called by a handler, and by two",
      points = 2,
      read = "chapter 19, \"Shutdown\"")
  void fromHandler() throws Exception {
    for (int stoppers = 1; stoppers <= 2; stoppers++) {
      var self = new AtomicReference<Evening>();
      var ready = new CountDownLatch(stoppers);
      var grace = stoppers == 1 ? Duration.ZERO : LONG; // or the first may cut the second
      try (var evening = Evening.serving(caller -> stop(self, ready, grace, caller))) {
        self.set(evening);
        var given =
            given(
                stoppers == 1
                    ? "a handler that calls shutdown(0 s), and a caller who says nothing"
                    : "two handlers that both call shutdown(20 s), and nobody else");
        var silent = stoppers == 1 ? evening.call() : null;
        if (silent != null) greeted(given, silent);
        var callers = new ArrayList<Evening.Caller>();
        for (int i = 0; i < stoppers; i++) callers.add(evening.call());
        for (var caller : callers) greeted(given, caller);
        for (var caller : callers) caller.says("close");
        for (var caller : callers) {
          var heard = caller.hears();
          given.wants(
              "closed, says the handler",
              heard,
              heard.equals("[end]")
                  ? "Its connection was cut while its handler was in shutdown. A handler that calls"
                      + " shutdown has a last word to say: neither its own call nor anybody else's"
                      + " is to cut it."
                  : "shutdown waits for all handlers, and this handler waits for shutdown: neither"
                      + " will ever end. Whoever waits in shutdown is nobody to wait for.");
          given.wants("[end]", caller.hears(), "When the handler returns, the server closes.");
        }
        if (silent != null)
          given.wants("[end]", silent.hears(), "All the others are ended, as ever.");
        ended(given, evening);
      }
    }
  }

  private static void stop(
      AtomicReference<Evening> evening, CountDownLatch ready, Duration grace, Socket caller)
      throws IOException {
    say(caller, "Welcome");
    if (!"close".equals(lines(caller).readLine())) return;
    ready.countDown();
    await(ready); // all at once
    try {
      evening.get().server.shutdown(grace);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    say(caller, "closed, says the handler");
  }

  @Check(
      step = 8,
      value = "may be called early, by several, and again",
      points = 1,
      read = "chapter 19, \"Shutdown\"")
  void anyTime() throws Exception {
    try (var early = Evening.notYetServing(DeskServerTest::echo)) {
      var given = given("shutdown(0 s) before serveForever");
      returns(given, "shutdown", early.shutdown(Duration.ZERO));
      early.serve();
      ended(given, early);
    }
    try (var tidying = new Tidying(1);
        var evening = Evening.serving(tidying::handle)) {
      var given = given("a handler that has something to put in order, and two calls of shutdown");
      greeted(given, evening.call());
      var first = evening.shutdown(Duration.ZERO);
      tidying.noticed();
      var second = evening.shutdown(Duration.ZERO);
      given.wants(
          "the second call waits as well",
          second.join(A_WHILE) ? "the second call has returned" : "the second call waits as well",
          "That somebody is at it does not mean that it is done. Whoever calls shutdown wants to"
              + " know when it is so.");
      tidying.done();
      returns(given, "the first call", first);
      returns(given, "the second call", second);
      returns(given("a server that has ended"), "shutdown", evening.shutdown(LONG));
    }
  }
}
