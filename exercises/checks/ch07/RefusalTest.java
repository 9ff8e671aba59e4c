package ch07;

import static grader.Given.given;
import static java.nio.charset.StandardCharsets.US_ASCII;

import grader.Check;
import grader.Exercise;
import grader.Given;
import grader.Wire;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Exercise(
    id = "7.2",
    title = "Refuse politely",
    file = "ch07/Refusal.java",
    level = 3,
    minutes = 40)
class RefusalTest {
  private static final int KB = 1024;
  private static final int MB = 1024 * KB;

  private static final byte[] REPLY = reply();

  /** For checks in which neither limit is reached. */
  private static final long PLENTY = 16 * MB;

  private static final Duration LONG = Duration.ofSeconds(20);

  /** Small, so that a client whose bytes nobody takes is soon stuck. */
  private static final int BUFFER_BYTES = 64 * KB;

  @Check(
      step = 1,
      value = "answers before it listens",
      points = 1,
      read = "chapter 7, \"Refusing politely\"")
  void answersFirst() throws Exception {
    var server = new WatchedSocket();
    try (var wire = open(server)) {
      var given = given("a client that has begun to send its film, and waits to be answered");
      var client = new Uploader(wire, server);
      client.begins();
      server.beforeRead(socket -> {
        if (socket.written() >= REPLY.length) return;
        throw given.wrong(
            "the reply, before the first read()",
            "a read(), with %,d bytes of the reply written".formatted(socket.written()),
            "This looks like code that takes the body first and then refuses it. All that it"
                + " would have saved has crossed the network, and a client that waits for the"
                + " answer before it goes on waits for ever.");
      });
      client.thenReads(REPLY.length);
      refuse(wire, server, PLENTY, LONG, new ManualTime());
      given.wants(allOfIt(""), client.story(), "The reply is what the client waits for.");
      wantsClosed(given, server);
    }
  }

  @Check(
      step = 2,
      value = "delivers the reply to a client that still sends",
      points = 2,
      read = "chapter 7, \"Refusing politely\"")
  void delivers() throws Exception {
    var server = new WatchedSocket();
    try (var wire = open(server)) {
      var given = given("a client that has begun its film, sends another 1 MB, and then reads");
      var client = new Uploader(wire, server);
      client.begins();
      client.thenSendsAndReads(MB, REPLY.length);
      refuse(wire, server, PLENTY, LONG, System::nanoTime);
      var story = client.story();
      given.wants(
          allOfIt(""),
          story,
          story.contains("never comes")
              ? "The reply was sent, and nobody sees it. Bytes that come to a closed socket are"
                  + " answered with a reset (RST), and closing with bytes unread sends one at"
                  + " once. To wait a while changes nothing, and what is there now is not all"
                  + " that will come: read on, to the client's end."
              : "The client has done all that it should, and its reply is missing.");
      wantsClosed(given, server);
    }
  }

  @Check(
      step = 3,
      value = "says that the reply is all",
      points = 1,
      read = "chapter 7, \"Refusing politely\"")
  void halfCloses() throws Exception {
    var server = new WatchedSocket();
    try (var wire = open(server)) {
      var given = given("a client that reads to the end of the reply before it hangs up");
      var client = new Uploader(wire, server);
      client.begins();
      server.beforeRead(socket -> {
        if (socket.isOutputShutdown()) return;
        throw given.wrong(
            "the end of the reply sent (FIN), before the first read()",
            "a read(), while the reply has no end",
            "The client waits for the end of the reply, this code for the end of the client:"
                + " both wait until the patience is used up. shutdownOutput ends one direction"
                + " and leaves the other open.");
      });
      client.thenReadsToTheEnd();
      refuse(wire, server, PLENTY, LONG, System::nanoTime);
      given.wants(allOfIt(", then the end"), client.story(), "This is what the client sees.");
      wantsClosed(given, server);
    }
  }

  @Check(
      step = 4,
      value = "drains so many bytes and no more",
      points = 2,
      read = "chapter 7, \"Refusing politely\"")
  @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD) // for code that goes byte by byte
  void byteCap() throws Exception {
    for (long most : new long[] {100_000, 64 * KB, 1}) {
      var given =
          given("a client that sends for ever, of which %,d bytes may be read".formatted(most));
      var server = new WatchedSocket();
      try (var wire = open(server)) {
        server.play((_, _, length, _) -> {
          if (server.taken() > most + MB) {
            throw given.wrong(
                "at most %,d bytes read".formatted(most),
                "%,d bytes read, and another read()".formatted(server.taken()),
                "This looks like code that reads until the client ends. This one never does:"
                    + " a refused client keeps a thread and a connection for as long as it"
                    + " likes.");
          }
          return length;
        });
        refuse(wire, server, most, LONG, new ManualTime());
        if (server.taken() > most) {
          throw given.wrong(
              "at most %,d bytes read".formatted(most),
              "%,d bytes read".formatted(server.taken()),
              "The limit is looked at after a whole buffer. Ask for no more than there is room"
                  + " for.");
        }
        wantsClosed(given, server);
      }
    }
  }

  @Check(
      step = 5,
      value = "drains so long and no longer",
      points = 2,
      read = "chapter 7, \"Refusing politely\"")
  void timeCap() throws Exception {
    var silent = given("a client that is silent and stays, and a patience of 2 s");
    wantsEnd(silent, 0, Duration.ZERO);
    var trickle = given("a client that sends a byte every 300 ms, and a patience of 2 s");
    wantsEnd(trickle, Integer.MAX_VALUE, Duration.ofMillis(300));
    var stops = given("a client that sends a byte after 1.5 s and then no more, a patience of 2 s");
    wantsEnd(stops, 1, Duration.ofMillis(1500));
    var last = given("a client that sends a byte after 1,999.6 ms, and a patience of 2 s");
    wantsEnd(last, 1, Duration.ofNanos(1_999_600_000));
  }

  /** One millisecond: SO_TIMEOUT has no finer steps. */
  private static final long ROUNDED = 1_000_000;

  /** On a clock of our own: each read takes as long as the client makes it wait. */
  private static void wantsEnd(Given given, int bytes, Duration pause) throws Exception {
    var patience = Duration.ofSeconds(2);
    var wanted = "over after 2 s";
    var clock = new ManualTime();
    var server = new WatchedSocket();
    try (var wire = open(server)) {
      server.play((into, offset, length, soTimeout) -> {
        boolean comes = server.taken() < bytes;
        if (!comes && soTimeout == 0) {
          throw given.wrong(
              wanted,
              "a read() with no timeout, after " + clock,
              server.taken() > 0 && clock.now() > 1_900_000_000L
                  ? "0.4 ms are left, which are 0 whole milliseconds: setSoTimeout(0) means no"
                      + " timeout at all."
                  : "The client neither sends nor ends, and nobody else wakes this thread. A"
                      + " limit in bytes does not help against silence: a read that may wait"
                      + " needs a timeout (setSoTimeout).");
        }
        if (clock.now() > 3 * patience.toNanos()) {
          throw given.wrong(
              wanted,
              "another read(), after " + clock,
              "setSoTimeout limits one read, and every byte starts it anew. For the drain as a"
                  + " whole there is a deadline: before each read look how much of it is left.");
        }
        var wait = Duration.ofMillis(soTimeout);
        if (comes && (soTimeout == 0 || pause.compareTo(wait) <= 0)) {
          clock.pass(pause);
          into[offset] = 'x';
          return Math.min(length, 1);
        }
        clock.pass(wait);
        throw new SocketTimeoutException("Read timed out");
      });
      refuse(wire, server, PLENTY, patience, clock);
      long late = clock.now() - patience.toNanos();
      given.wants(
          wanted,
          Math.abs(late) <= ROUNDED ? wanted : "over after " + clock,
          late < 0
              ? "It gives up before its time. A client on a slow line pauses, and what it sends"
                  + " after that meets a closed socket."
              : "This looks like code that looks at its deadline, and then waits in read() for the"
                  + " whole patience again. A read may wait for what is left.");
      wantsClosed(given, server);
    }
  }

  @Check(
      step = 6,
      value = "tells a lost reply from a client that leaves",
      points = 2,
      read = "chapter 7, \"What people get wrong\"")
  void failures() throws Exception {
    leaves(given("a client that resets the connection when it has the reply"), "Connection reset");
    leaves(given("a client that is silent until the patience is used up"), null);

    var server = new WatchedSocket();
    try (var wire = open(server)) {
      var given = given("a client that has reset the connection before the reply");
      wire.reset();
      given.throwing(
          IOException.class,
          () -> refuse(wire, server, PLENTY, LONG, System::nanoTime),
          "The reply was not sent, and the write has said so. Whoever keeps the log of refusals has"
              + " to know: one catch block for both hides what the first part met.");
      wantsClosed(given, server);
    }
  }

  /**
   * @param reset the message of the reset; null for a timeout
   */
  private static void leaves(Given given, String reset) throws Exception {
    var server = new WatchedSocket();
    var clock = new ManualTime();
    try (var wire = open(server)) {
      server.play((_, _, _, soTimeout) -> {
        clock.pass(Duration.ofMillis(soTimeout));
        if (reset != null) throw new SocketException(reset);
        throw new SocketTimeoutException("Read timed out");
      });
      try {
        refuse(wire, server, PLENTY, LONG, clock);
      } catch (IOException hides) {
        throw given.wrong(
            "a return: the reply is sent",
            hides.getClass().getSimpleName() + ": " + hides.getMessage(),
            "The reply was sent before that, and nothing more was wanted from this client. Now the"
                + " refusal looks like a failure of the server.");
      }
      wantsClosed(given, server);
    }
  }

  private static void wantsClosed(Given given, WatchedSocket server) {
    given.wants(
        "the connection is closed",
        server.isClosed() ? "the connection is closed" : "the connection is open",
        "Nobody else closes it. Each refusal that leaves a descriptor open brings the server nearer"
            + " to the one that it cannot accept.");
  }

  /** The call, and in the timeline of the wire where it ended. */
  private static void refuse(
      Wire wire, WatchedSocket server, long mostBytes, Duration patience, LongSupplier nanoTime)
      throws IOException {
    try {
      Refusal.refuse(server, REPLY, mostBytes, patience, nanoTime);
      wire.mark("Here your code returned.");
    } catch (IOException thrown) {
      wire.mark("Here your code threw %s.".formatted(thrown.getClass().getSimpleName()));
      throw thrown;
    }
  }

  private static Wire open(WatchedSocket server) throws IOException {
    server.setReceiveBufferSize(BUFFER_BYTES);
    var wire = Wire.open(server);
    wire.far().setSendBufferSize(BUFFER_BYTES);
    return wire;
  }

  private static String allOfIt(String end) {
    return "it reads %,d bytes of the reply%s".formatted(REPLY.length, end);
  }

  private static byte[] reply() {
    var page = "The archive takes scans of up to 20 MB. For films ask at the desk.\r\n";
    var head =
        "HTTP/1.1 413 Content Too Large\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(page.length());
    return (head + page).getBytes(US_ASCII);
  }

  /** A clock that stands still until somebody moves it. */
  private static final class ManualTime implements LongSupplier {
    /** Anywhere: the origin of nanoTime means nothing, and a time may be below zero. */
    private static final long ORIGIN = -1_000_000_000;

    private long passed;

    @Override
    public synchronized long getAsLong() {
      return ORIGIN + passed;
    }

    synchronized void pass(Duration time) {
      passed += time.toNanos();
    }

    synchronized long now() {
      return passed;
    }

    @Override
    public String toString() {
      return "%.1f s".formatted(now() / 1e9);
    }
  }
}
