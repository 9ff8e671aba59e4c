package ch04;

import static grader.Given.given;

import ch04.WaitingLine.Limits;
import grader.Check;
import grader.Exercise;
import grader.Given;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.stream.Collectors;

/**
 * The first check has a real listener, the others one without a kernel: there a timeout takes no
 * time, and a call is lost when the check wants it.
 */
@Exercise(
    id = "4.2",
    title = "Who is connected?",
    file = "ch04/WaitingLine.java",
    level = 2,
    minutes = 30)
class WaitingLineTest {
  private static final Duration TIMEOUT = Duration.ofMillis(250);
  private static final int BACKLOG = 3;

  @Check(
      step = 1,
      value = "counts who is connected, though nobody accepts",
      points = 2,
      read = "chapter 4, \"Where the second caller waits\"")
  void realListener() throws Exception {
    int wanted = capacityOf(BACKLOG);
    try (var listener = listener(BACKLOG);
        var sockets = new RealCallers()) {
      var address = (InetSocketAddress) listener.getLocalSocketAddress();
      var given = given("a listener with a backlog of %d that accepts nobody".formatted(BACKLOG));
      int got;
      try {
        got = WaitingLine.capacity(address, new Limits(TIMEOUT, 2, 20), sockets);
      } catch (SocketTimeoutException full) {
        throw given.wrong(
            wanted + " connected",
            full.toString(),
            "The connect that times out is how a full line shows. It is the end of the count and"
                + " no failure.");
      }
      given.wants(wanted + " connected", got + " connected", misread(wanted, got, sockets.made()));
    }
  }

  private static String misread(int wanted, int got, int sockets) {
    if (sockets == 0) {
      return "The factory made no socket. Ask it for each: the caller of this method decides what"
          + " kind of sockets it wants.";
    }
    if (got == 0) {
      return "This looks like code that takes connected for accepted. The kernel connects: its"
          + " handshake needs no accept, and a caller is connected before anybody knows of it.";
    }
    if (got == wanted - 1 || got == wanted + 1 || got == wanted + 2) {
      return "Off by one. Linux holds backlog + 1 callers, and each connect that returned is one of"
          + " them. One that timed out is none.";
    }
    return "Linux holds backlog + 1 callers that nobody has accepted.";
  }

  /** Elsewhere than on Linux this system itself has to say. */
  private static int capacityOf(int backlog) throws IOException {
    if (System.getProperty("os.name").equals("Linux")) return backlog + 1;
    var callers = new ArrayList<Socket>();
    try (var listener = listener(backlog)) {
      for (int connected = 0; connected < 20; connected++) {
        var caller = new Socket();
        callers.add(caller);
        caller.connect(listener.getLocalSocketAddress(), (int) TIMEOUT.toMillis());
      }
      return 20;
    } catch (SocketTimeoutException full) {
      return callers.size() - 1;
    } finally {
      for (var caller : callers) caller.close();
    }
  }

  private static ServerSocket listener(int backlog) throws IOException {
    return new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
  }

  @Check(
      step = 2,
      value = "keeps every caller on the line until the count is over",
      points = 1,
      read = "chapter 4, \"Where the second caller waits\"")
  void staysOnTheLine() throws Exception {
    try (var line = new Line(6)) {
      int got = capacity(line, 1, 20);
      var given = given("a listener that holds 6 callers, and no more than 20 of them");
      given.wants(
          "at the most 6 on the line at the same time",
          "at the most %d on the line at the same time".formatted(line.most()),
          "This looks like code that closes each socket after its connect. Whoever hangs up leaves"
              + " the line. On Linux the kernel notices that only when somebody accepts, so there"
              + " the number may come out right all the same.");
      given.wants("6 connected", got + " connected", "Count each connect that returned.");
    }
  }

  @Check(
      step = 3,
      value = "waits in connect and nowhere else",
      points = 2,
      read = "chapter 4, \"Where the second caller waits\"")
  void waits() throws Exception {
    try (var line = new Line(4)) {
      capacity(line, 2, 20);
      var timeouts =
          line.timeouts().stream()
              .distinct()
              .map(String::valueOf)
              .collect(Collectors.joining(", "));
      given("a timeout of 250 ms")
          .wants(
              "connects with a timeout of 250 ms",
              "connects with a timeout of %s ms".formatted(timeouts),
              "The timeout is for each connect, in milliseconds; 0 is none at all, and then the"
                  + " kernel sends its SYN for two minutes. setSoTimeout is about reads.");
    }
    try (var line = new Line(4)) {
      long before = timesWaited();
      capacity(line, 2, 20);
      long waited = timesWaited() - before;
      given("a listener that answers at once or never")
          .wants(
              "times that the thread slept or waited, outside of connect: 0",
              "times that the thread slept or waited, outside of connect: " + waited,
              "This looks like code that sleeps, or waits for other threads. When connect returns,"
                  + " the caller is connected; when it throws, no answer came. There is nothing to"
                  + " wait for after that, and a sleep is too long on one machine and too short on"
                  + " another.");
    }
  }

  /** In sleep, wait, park or join. The poll inside of connect is none of these. */
  private static long timesWaited() {
    var id = Thread.currentThread().threadId();
    return ManagementFactory.getThreadMXBean().getThreadInfo(id).getWaitedCount();
  }

  @Check(
      step = 4,
      value = "calls again when one call got lost",
      points = 2,
      read = "chapter 4, \"What people get wrong\"")
  void lostCalls() throws Exception {
    try (var line = new Line(4).losing(1, 3)) {
      wantsCount("4 places; calls 1 and 3 get lost; 2 misses in a row mean full", line, 2, 4, 8);
    }
    try (var line = new Line(5).losing(2, 3, 5, 6)) {
      wantsCount(
          "5 places; calls 2, 3, 5 and 6 get lost; 3 misses in a row mean full", line, 3, 5, 12);
    }
    try (var line = new Line(0)) {
      wantsCount("a line that is full from the first call on; 3 misses mean that", line, 3, 0, 3);
    }
  }

  private static void wantsCount(String what, Line line, int misses, int wanted, int calls)
      throws IOException {
    var given = given(what);
    int got;
    try {
      got = capacity(line, misses, 20);
    } catch (SocketTimeoutException timeout) {
      throw given.wrong(
          wanted + " connected",
          "%s, after %s".formatted(timeout, calls(line.calls())),
          "A call without an answer is something that happens here, not a failure: it may have got"
              + " lost, or the line is full. Count it as missed.");
    }
    given.wants(
        "%d connected, after %s".formatted(wanted, calls(calls)),
        "%d connected, after %s".formatted(got, calls(line.calls())),
        got < wanted || line.calls() < calls
            ? "A SYN that got lost looks like one that a full line dropped. Only so many misses in"
                + " a row tell them apart: a connect that succeeds between two of them says that"
                + " there was room, and the row begins anew."
            : "After that many misses in a row the line is full. Each further call costs its"
                + " timeout and tells nothing new.");
  }

  private static String calls(int count) {
    return count + (count == 1 ? " call" : " calls");
  }

  @Check(
      step = 5,
      value = "stops at the most that it was asked for",
      points = 1,
      read = "chapter 4, \"Where the second caller waits\"")
  void most() throws Exception {
    for (int most : new int[] {50, 1}) {
      try (var line = new Line(Integer.MAX_VALUE)) {
        int got = capacity(line, 2, most);
        given("a listener that accepts them all, and %d at the most".formatted(most))
            .wants(
                "%d connected, after %s".formatted(most, calls(most)),
                "%d connected, after %s".formatted(got, calls(line.calls())),
                "With so many on the line the count is over. One call more is a caller too many.");
      }
    }
  }

  @Check(
      step = 6,
      value = "tells a refusal from a full line",
      points = 1,
      read = "chapter 4, \"Where the second caller waits\"")
  void refused() throws Exception {
    wantsRefusal(given("an address where nobody listens"), 1);
    wantsRefusal(given("a listener that is closed after 3 calls"), 4);
  }

  private static void wantsRefusal(Given given, int call) throws IOException {
    try (var line = new Line(6).refusingFrom(call)) {
      int got = capacity(line, 2, 20);
      throw given.wrong(
          "an IOException",
          "%d connected, after %s".formatted(got, calls(line.calls())),
          "A full line is silent: Linux drops the SYN and refuses nobody. A refusal comes from a"
              + " port where nobody listens, and such a port has no capacity to measure.");
    } catch (ConnectException right) {
      return;
    } catch (IOException wrapped) {
      return; // in words of its own
    }
  }

  @Check(
      step = 7,
      value = "leaves no socket open, however it ends",
      points = 1,
      read = "chapter 4, \"Where the second caller waits\"")
  void closes() throws Exception {
    try (var line = new Line(4).losing(2)) {
      capacity(line, 2, 20);
      wantsClosed("a line with 4 places", line);
    }
    try (var line = new Line(30)) {
      capacity(line, 2, 20);
      wantsClosed("a line with 30 places, and 20 callers at the most", line);
    }
    try (var line = new Line(6).refusingFrom(4)) {
      try {
        capacity(line, 2, 20);
      } catch (IOException refused) {
        // and closed all the same?
      }
      wantsClosed("a listener that is closed after 3 calls", line);
    }
  }

  private static void wantsClosed(String what, Line line) {
    given(what)
        .wants(
            "sockets left open: 0",
            "sockets left open: " + line.open(),
            "Each of them is a place in the line that no reader can have, and a descriptor of this"
                + " program. The way out by an exception needs the same care as the return.");
  }

  private static int capacity(Line line, int misses, int most) throws IOException {
    return WaitingLine.capacity(line.address(), new Limits(TIMEOUT, misses, most), line);
  }
}
