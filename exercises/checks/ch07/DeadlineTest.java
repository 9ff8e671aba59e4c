package ch07;

import static ch07.SlowClient.MILLI;
import static ch07.SlowClient.SECOND;
import static grader.Given.given;

import ch07.Deadline.HeadTooLong;
import grader.Bytes;
import grader.Check;
import grader.Exercise;
import grader.Given;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashSet;

@Exercise(id = "7.1", title = "Deadline", file = "ch07/Deadline.java", level = 2, minutes = 40)
class DeadlineTest {
  private static final String HEAD = "GET /catalog HTTP/1.1\r\nHost: catalog\r\n\r\n";
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final int JOIN_MILLIS = 500; // for a thread that is about to end

  @Check(
      step = 1,
      value = "returns a head that comes in time",
      points = 1,
      read = "chapter 7, \"A deadline for the whole\"")
  void inTime() throws Exception {
    var atOnce = given("a head that is there at once, and two seconds for it");
    try (var client = client(atOnce).says(0, HEAD)) {
      wantsHead(atOnce, client, "The head is what was sent, as far as its blank line.");
    }

    var slow = given("a head of which a byte comes every 45 ms: 1.755 s in all");
    try (var client = client(slow).trickles(45 * MILLI, HEAD)) {
      wantsHead(slow, client, "It came within its two seconds.");
    }

    var pause = given("the first half of the head at 0.1 s, the second at 1.9 s");
    try (var client =
        client(pause)
            .says(100 * MILLI, HEAD.substring(0, 20))
            .says(1_900 * MILLI, HEAD.substring(20))) {
      wantsHead(
          pause,
          client,
          "How a client spends its two seconds is its own affair: only the whole is limited. A"
              + " train in a tunnel pauses, too.");
    }
  }

  private static void wantsHead(Given given, SlowClient client, String means) throws Exception {
    try {
      var head = read(client);
      given.wants(Bytes.visible(HEAD), head == null ? "null" : Bytes.visible(head), means);
    } catch (SocketTimeoutException early) {
      client.rethrow();
      throw given.wrong(
          "the head", "%s at %s".formatted(early, SlowClient.seconds(client.now())), means);
    }
  }

  @Check(
      step = 2,
      value = "leaves the connection as it found it",
      points = 2,
      read = "chapter 7, \"A deadline for the whole\"")
  void asFound() throws Exception {
    var body = "card=4711&n=1";
    var given = given("a head and a body in one piece, on a socket with a soTimeout of 30 s");
    var before = new HashSet<>(Thread.getAllStackTraces().keySet());
    try (var client = client(given).says(100 * MILLI, HEAD + body)) {
      client.socket.setSoTimeout(30_000);
      read(client);
      given.wants(
          "an open socket",
          client.socket.isClosed() ? "a closed socket" : "an open socket",
          "The head is only the beginning: the body is still to be read, and the answer to be"
              + " written.");
      given.wants(
          "a soTimeout of 30000 ms",
          "a soTimeout of %d ms".formatted(client.socket.getSoTimeout()),
          "What was left for the head is now the limit for every read of the body. Put back what"
              + " you found.");
      int left = HEAD.length() + body.length() - client.taken();
      given.wants(
          "13 bytes left in the stream",
          left + " bytes left in the stream",
          "This looks like code that reads in bulk. The body is for somebody else to read, and"
              + " nothing puts bytes back into a stream.");
      var started = startedSince(before);
      given.wants(
          "no thread more than before",
          started.isEmpty() ? "no thread more than before" : "one more: " + started,
          "A thread for each deadline is a thread for each client, and it sleeps on when the"
              + " request has long been answered. Ten thousand clients are ten thousand threads."
              + " Use the clock, or the one timer.");
      given.wants(
          "the timer goes on",
          client.timer.isShutdown() ? "the timer is shut down" : "the timer goes on",
          "It is for all connections: with it their deadlines are gone.");
    }
  }

  private static String startedSince(HashSet<Thread> before) throws InterruptedException {
    for (var thread : Thread.getAllStackTraces().keySet()) {
      if (before.contains(thread)) continue;
      if (thread.getThreadGroup() != Thread.currentThread().getThreadGroup()) continue;
      thread.join(JOIN_MILLIS);
      if (thread.isAlive()) return thread.getName();
    }
    return "";
  }

  @Check(
      step = 3,
      value = "does nothing any more when the head was in time",
      points = 1,
      read = "chapter 7, \"A deadline for the whole\"")
  void afterwards() throws Exception {
    var given = given("a head that was there at 0.1 s, and ten seconds more");
    try (var client = client(given).says(100 * MILLI, HEAD)) {
      read(client);
      int left = client.timer.waiting();
      client.passUntil(10 * SECOND);
      given.wants(
          "an open socket",
          client.socket.isClosed() ? "a socket that was closed" : "an open socket",
          "The timer was set, and nobody has canceled it. It closes a conversation that was in"
              + " time, two seconds after it began, in the middle of an answer.");
      given.wants(
          "tasks left in the timer: 0",
          "tasks left in the timer: " + left,
          "The task does no harm when it runs. But until then the timer holds it, and it holds the"
              + " socket: cancel what is not needed any more.");
    }
  }

  @Check(
      step = 4,
      value = "gives up on a silent client",
      points = 1,
      read = "chapter 7, \"A deadline for the whole\"")
  void silent() throws Exception {
    var given = given("a client that says nothing, and two seconds for it");
    try (var client = client(given)) {
      wantsTimeout(given, client, 2 * SECOND);
    }
  }

  @Check(
      step = 5,
      value = "gives up on a trickle",
      points = 2,
      read = "chapter 7, \"A timeout that beats nothing\"")
  void trickle() throws Exception {
    for (int millis : new int[] {70, 199, 999, 1_999}) {
      var given = given("a byte of the head every %,d ms, and two seconds".formatted(millis));
      try (var client = client(given).trickles(millis * MILLI, HEAD)) {
        wantsTimeout(given, client, 2 * SECOND);
      }
    }

    var half = given("half a head at 0.5 s, and then silence");
    try (var client = client(half).says(500 * MILLI, HEAD.substring(0, 20))) {
      wantsTimeout(half, client, 2 * SECOND);
    }
  }

  @Check(
      step = 6,
      value = "is exact in the last millisecond",
      points = 1,
      read = "chapter 7, \"A deadline for the whole\"")
  void lastMillisecond() throws Exception {
    var begun = HEAD.substring(0, 20);
    var almost = given("half a head at 1.9996 s, and then silence");
    try (var client = client(almost).says(1_999_600_000, begun)) {
      wantsTimeout(almost, client, 2 * SECOND);
    }
    var exact = given("half a head at 2.000 s, and then silence");
    try (var client = client(exact).says(2 * SECOND, begun)) {
      wantsTimeout(exact, client, 2 * SECOND);
    }
    var busy = given("half a head at 1.9 s, on a machine so busy that read() returns at 2.5 s");
    try (var client = client(busy).says(1_900 * MILLI, 2_500 * MILLI, begun)) {
      wantsTimeout(busy, client, 2_500 * MILLI);
    }
  }

  private static void wantsTimeout(Given given, SlowClient client, long when) throws Exception {
    var wanted = "a SocketTimeoutException at " + SlowClient.seconds(when);
    try {
      var head = read(client);
      throw given.wrong(
          wanted,
          head == null ? "null" : Bytes.visible(head),
          "The head was not complete at the limit. Half a request is none.");
    } catch (SocketTimeoutException right) {
      client.rethrow();
    } catch (IllegalArgumentException negative) {
      client.rethrow();
      throw given.wrong(
          wanted,
          negative.toString(),
          "What is left can be less than nothing: the machine was busy, and the deadline has passed"
              + " while nobody looked. Ask before you hand it to setSoTimeout.");
    } catch (EOFException ended) {
      client.rethrow();
      throw given.wrong(
          wanted,
          ended.toString(),
          "The client has not ended its stream. Who reads the log looks for a client that hung"
              + " up.");
    } catch (IOException other) {
      client.rethrow();
      throw given.wrong(
          wanted,
          other.toString(),
          client.socket.isClosed()
              ? "This is what a read() throws when another thread closes its socket. The caller"
                  + " cannot tell it from a lost connection: say that the time was up."
              : "The caller must be able to tell a client that was slow from one that was lost.");
    }
    var got = "a SocketTimeoutException at " + SlowClient.seconds(client.now());
    if (Math.abs(client.now() - when) <= MILLI) return;
    throw given.wrong(
        wanted,
        got,
        client.now() < when
            ? "Too early: the client had its two seconds, and they were not over."
            : "Too late: the last read was given more than what was left.");
  }

  @Check(
      step = 7,
      value = "hangs up on a client that is out of time",
      points = 1,
      read = "chapter 7, \"A deadline for the whole\"")
  void hangsUp() throws Exception {
    var given = given("a client that was out of time");
    try (var client = client(given).trickles(300 * MILLI, HEAD)) {
      given.throwing(
          SocketTimeoutException.class, () -> read(client), "The head did not come in time.");
      client.rethrow();
      given.wants(
          "a closed socket",
          client.socket.isClosed() ? "a closed socket" : "an open socket",
          "A part of the request has been read, and went with the exception. Nobody can go on with"
              + " this stream, and as long as it is open it holds a descriptor.");
      given.wants(
          "tasks left in the timer: 0",
          "tasks left in the timer: " + client.timer.waiting(),
          "Nothing is left to wait for.");
    }
  }

  @Check(
      step = 8,
      value = "bounds the bytes as well",
      points = 1,
      read = "chapter 7, \"Refusing politely\"")
  void bytes() throws Exception {
    var longest = HEAD.replace("\r\n\r\n", "\r\nCookie: ");
    longest += "x".repeat(Deadline.MAX_BYTES - longest.length() - 4) + "\r\n\r\n";
    var fits = given("a head of 8192 bytes, at once");
    try (var client = client(fits).says(0, longest)) {
      try {
        var head = read(client);
        fits.wants(
            "8192 bytes of head",
            (head == null ? 0 : head.length) + " bytes of head",
            "The head is what was sent.");
      } catch (HeadTooLong early) {
        throw fits.wrong(
            "8192 bytes of head",
            early.toString(),
            "The limit is the largest size allowed, so the last of its bytes still fits.");
      }
    }

    var over = given("20,000 bytes of head at once, and no end of it");
    try (var client = client(over).says(0, HEAD.strip() + "x".repeat(20_000))) {
      over.throwing(
          HeadTooLong.class,
          () -> {
            read(client);
          },
          "Two seconds are long: in them a fast client sends more than the memory holds. A limit in"
              + " time does not replace the one in bytes.");
    }

    var ended = given("half a head, and then the end of the stream");
    try (var client = client(ended).says(0, HEAD.substring(0, 20)).ends(500 * MILLI)) {
      ended.throwing(
          EOFException.class,
          () -> read(client),
          "The client has closed: there is nothing to wait for, and no head to return.");
    }
  }

  private static SlowClient client(Given given) throws IOException {
    return new SlowClient(given, LIMIT.toNanos());
  }

  private static byte[] read(SlowClient client) throws IOException {
    var head = Deadline.readHead(client.socket, LIMIT, client.nanoTime(), client.timer());
    client.rethrow();
    return head;
  }
}
