package ch02;

import static grader.Given.given;
import static java.nio.charset.StandardCharsets.US_ASCII;

import grader.Check;
import grader.Exercise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

@Exercise(
    id = "2.1",
    title = "createConnection",
    file = "ch02/Connections.java",
    level = 2,
    minutes = 30)
class ConnectionsTest {
  private static final Duration LONG = Duration.ofSeconds(4);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final InetSocketAddress ANY = null;

  @Check(
      step = 1,
      value = "connects to the first address that answers",
      points = 1,
      read = "chapter 2, \"Every address in turn\"")
  void first() throws Exception {
    try (var sockets = new RecordedSockets();
        var listener = sockets.listener()) {
      var addresses = List.of(address(listener), sockets.answering());
      var given = given("two addresses that both answer");
      try (var connection = Connections.createConnection(addresses, LONG, ANY, sockets)) {
        given.wants(
            "a Socket", connection == null ? "null" : "a Socket", "The caller wants to talk.");
        given.wants(
            "sockets made by the factory: 1",
            "sockets made by the factory: " + sockets.made.size(),
            sockets.made.isEmpty()
                ? "Let the factory make the socket: the caller may want one that speaks TLS."
                : "The first address has answered. The others are there for when it does not; a"
                    + " call to each of them keeps servers busy for nothing.");
        given.wants(
            "connected to " + address(listener),
            "connected to " + connection.getRemoteSocketAddress(),
            "The order of the list is the order of preference.");
        connection.getOutputStream().write("TITLE Moby-Dick\r\n".getBytes(US_ASCII));
        try (var server = listener.accept()) {
          given.wants(
              "TITLE Moby-Dick",
              new String(server.getInputStream().readNBytes(15), US_ASCII),
              "What the caller writes reaches the server.");
        }
      }
    }
  }

  @Check(
      step = 2,
      value = "tries the next address when one refuses",
      points = 2,
      read = "chapter 2, \"Every address in turn\"")
  void next() throws Exception {
    try (var sockets = new RecordedSockets()) {
      var addresses = List.of(sockets.refusing(), sockets.refusing(), sockets.answering());
      var given = given("two addresses that refuse, then one that answers");
      try (var connection = Connections.createConnection(addresses, LONG, ANY, sockets)) {
        given.wants(
            "connected to the third",
            connection == null
                ? "null"
                : addresses.getLast().equals(connection.getRemoteSocketAddress())
                    ? "connected to the third"
                    : "connected to " + connection.getRemoteSocketAddress(),
            "A refusal says that nobody listens there. It says nothing about the next address.");
      } catch (IOException failed) {
        var calls = sockets.made.stream().mapToInt(each -> each.targets.size()).sum();
        throw given.wrong(
            "connected to the third",
            "%s after %s, with %s"
                .formatted(failed, count(calls, "attempt"), count(sockets.made.size(), "socket")),
            calls > 1 && sockets.made.size() == 1
                ? "This looks like code that uses a socket again. When its connect has failed, a"
                    + " Socket is closed for good: make a new one for each attempt."
                : "This looks like code that gives up at the first address. A name often has"
                    + " several, IPv6 before IPv4, and the first may be one that nobody serves.");
      }
    }
  }

  @Check(
      step = 3,
      value = "gives every attempt the whole timeout",
      points = 2,
      read = "chapter 2, \"Four steps, four ways to fail\"")
  void timeout() throws Exception {
    try (var sockets = new RecordedSockets()) {
      var addresses = List.of(sockets.silent(), sockets.silent(), sockets.answering());
      var given = given("two addresses that stay silent, one that answers, and 200 ms");
      try (var connection = Connections.createConnection(addresses, SHORT, ANY, sockets)) {
        given.wants(
            "a Socket", connection == null ? "null" : "a Socket", "The caller wants to talk.");
        given.wants(
            "timeouts of 200, 200, 200 ms",
            "timeouts of %s ms".formatted(timeouts(sockets)),
            "Each attempt has the whole timeout, in milliseconds. An address that comes late in the"
                + " list can't help it that those before it are silent.");
      } catch (IOException failed) {
        throw given.wrong(
            "connected to the third",
            "%s, after timeouts of %s ms".formatted(failed, timeouts(sockets)),
            sockets.made.size() == 1 && failed instanceof SocketTimeoutException
                ? "A connect that timed out has failed like one that was refused, with another"
                    + " exception: SocketTimeoutException is no ConnectException. The next address"
                    + " may answer."
                : "This looks like one deadline for all attempts together: the first silent address"
                    + " uses it up, and those that would answer get none of it.");
      }
    }
  }

  private static String timeouts(RecordedSockets sockets) {
    return sockets.made.stream()
        .flatMap(each -> each.timeouts.stream())
        .map(String::valueOf)
        .collect(Collectors.joining(", "));
  }

  @Check(
      step = 4,
      value = "calls from the source address, each time",
      points = 1,
      read = "chapter 2, \"Every address in turn\"")
  void source() throws Exception {
    try (var sockets = new RecordedSockets();
        var listener = sockets.listener()) {
      var source = new InetSocketAddress(secondLoopback(), 0);
      var addresses = List.of(sockets.refusing(), address(listener));
      var given = given("the source address %s, any port".formatted(source.getHostString()));
      try (var connection = Connections.createConnection(addresses, LONG, source, sockets);
          var server = listener.accept()) {
        var each = "each of the 2 sockets bound to it before its connect";
        var bound = sockets.made.stream().filter(made -> made.sources.equals(List.of(source)));
        long count = bound.count();
        given.wants(
            each,
            count == 2 ? each : "%d of the %d sockets bound".formatted(count, sockets.made.size()),
            count == 0
                ? "Without bind(source) the kernel picks the address that its routes suggest. A"
                    + " server that lets only the reading room in would refuse this call."
                : "A new socket knows nothing of the one before. bind belongs into each attempt,"
                    + " ahead of connect.");
        given.wants(
            "a call from " + source.getAddress(),
            "a call from " + server.getInetAddress(),
            "This is what the server sees.");
        given.wants(true, connection.isConnected(), "The caller wants to talk.");
      } catch (SocketException failed) {
        throw given.wrong(
            "connected to the second address",
            failed.toString(),
            "bind comes before connect: a socket that is connected has its address already.");
      }
    }
  }

  /**
   * Not the address that a call over loopback comes from by default, where there is a second one.
   */
  private static InetAddress secondLoopback() throws IOException {
    var second = InetAddress.ofLiteral("127.0.0.2");
    try (var probe = new Socket()) {
      probe.bind(new InetSocketAddress(second, 0));
      return second;
    } catch (IOException notOnThisSystem) {
      return InetAddress.getLoopbackAddress();
    }
  }

  @Check(
      step = 5,
      value = "closes every socket that it does not return",
      points = 2,
      read = "chapter 2, \"Every address in turn\"")
  void closes() throws Exception {
    try (var sockets = new RecordedSockets()) {
      var taken = sockets.answering();
      var addresses = List.of(sockets.answering(), sockets.refusing(), sockets.answering());
      try (var unexpected = Connections.createConnection(addresses, LONG, taken, sockets)) {
        if (unexpected != null) {
          throw given("a source port that is taken").wrong("an exception", "a connection", "");
        }
      } catch (IOException expected) {
        // the next check looks at what it says
      }
      long open = sockets.made.stream().filter(each -> !each.isClosed()).count();
      given("three addresses, and a source port that is taken, so that bind fails")
          .wants(
              "sockets left open: 0",
              "sockets left open: " + open,
              "A failed connect closes its socket; a failed bind does not. Nobody else knows this"
                  + " socket, so its descriptor stays open until the program ends, and after some"
                  + " thousand of them nothing can be opened any more.");
    }
  }

  @Check(
      step = 6,
      value = "keeps the cause of every failure",
      points = 1,
      read = "chapter 2, \"Every address in turn\"")
  void causes() throws Exception {
    try (var sockets = new RecordedSockets()) {
      var addresses = List.of(sockets.refusing(), sockets.silent(), sockets.refusing());
      var given = given("three addresses: one refuses, one stays silent, one refuses");
      try (var connection = Connections.createConnection(addresses, SHORT, ANY, sockets)) {
        throw given.wrong(
            "an IOException",
            "" + connection,
            "Nothing answered. A caller who is handed null finds out later, in a place that has"
                + " nothing to do with it.");
      } catch (IOException failed) {
        var failures = sockets.failures();
        long kept = failures.stream().filter(reachable(failed)::contains).count();
        given.wants(
            "3 of 3 causes in the exception",
            "%d of %d causes in the exception".formatted(kept, failures.size()),
            "An exception that is overwritten is lost: the reader is told that the last address"
                + " refuses, and looks for the trouble of the first one for hours.");
        given.wants(
            "the exception of the last attempt",
            failed == failures.getLast() ? "the exception of the last attempt" : failed.toString(),
            "Its class tells the caller what happened, refused or timed out. Throw it, with the"
                + " earlier ones attached.");
      }
    }
  }

  /** What a stack trace of this would print: causes and suppressed ones, theirs too. */
  private static Set<Throwable> reachable(Throwable thrown) {
    var seen = Collections.<Throwable>newSetFromMap(new IdentityHashMap<>());
    collect(thrown, seen);
    return seen;
  }

  private static void collect(Throwable thrown, Set<Throwable> seen) {
    if (thrown == null || !seen.add(thrown)) return;
    collect(thrown.getCause(), seen);
    Stream.of(thrown.getSuppressed()).forEach(each -> collect(each, seen));
  }

  @Check(
      step = 7,
      value = "refuses an empty list",
      points = 1,
      read = "chapter 2, \"Every address in turn\"")
  void empty() throws Exception {
    try (var sockets = new RecordedSockets()) {
      given("an empty list of addresses")
          .throwing(
              IllegalArgumentException.class,
              () -> Connections.createConnection(List.of(), LONG, ANY, sockets),
              "With nothing to try, nothing has failed: there is no IOException to throw, and"
                  + " \"throw null\" throws a NullPointerException.");
    }
  }

  private static InetSocketAddress address(ServerSocket listener) {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
