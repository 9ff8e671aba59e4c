package book;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import wire.Act;
import wire.Recording;
import wire.Tap;

/** Plays sessions for real: the lessons' own processes, the system's own curl. */
final class Player implements AutoCloseable {
  private final Path folder = Files.createTempDirectory("sessions");
  private final Lessons lessons;

  Player(Repo repo) throws IOException {
    lessons = new Lessons(repo, folder.resolve("lessons"));
  }

  /**
   * @param lines the session's file as this run would record it; what differs in every run stays as
   *     it was
   * @param wire what passed through the tap, if the session has one
   */
  record Played(List<String> lines, Optional<Recording> wire) {}

  /**
   * Plays a session to its end.
   *
   * @throws BookError if an awaited line or end does not come, with what each terminal showed
   */
  Played play(Session session) throws IOException {
    var place = Files.createTempDirectory(folder, session.name());
    var home = Files.createDirectory(place.resolve("home"));
    lessons.equip(home, session);
    try (var run = new Run(place, home, session)) {
      for (var line : session.lines()) run.step(line);
      var recorded = session.lines().stream().map(Session.Line::text).toList();
      return new Played(Diff.keep(recorded, run.recording(), Volatile::masked), run.wire());
    }
  }

  @Override
  public void close() throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }

  /** One run of one session. */
  private static final class Run implements AutoCloseable {
    private static final Set<Act> ENDS = Set.of(Act.HALF_CLOSE, Act.CLOSE, Act.RESET);

    private final Path place;
    private final Path home;
    private final Session session;
    private final Ports reserved;
    private final Map<Integer, Integer> ports;
    private final UnaryOperator<String> asRecorded;
    private final Optional<Tap> tap;
    private final int tapPort;
    private int ends;
    private final Map<String, Terminal> terminals = new LinkedHashMap<>();
    private final List<Terminal> started = new ArrayList<>();
    private final List<String> recording = new ArrayList<>();

    Run(Path place, Path home, Session session) throws IOException {
      this.place = place;
      this.home = home;
      this.session = session;
      reserved = new Ports(session);
      ports = reserved.forSession();
      var asShown = new Volatile(ports);
      if (session.tap() == 0) {
        tap = Optional.empty();
        tapPort = 0;
        asRecorded = asShown::recorded;
      } else {
        var loopback = InetAddress.getLoopbackAddress();
        int serverPort = ports.get(session.tap());
        tapPort = reserved.standIn(session.tap());
        tap =
            Optional.of(
                Tap.to(new InetSocketAddress(loopback, serverPort))
                    .listenOn(new InetSocketAddress(loopback, tapPort))
                    .open());
        asRecorded =
            line -> asShown.recorded(Volatile.replacePorts(line, Map.of(tapPort, serverPort)));
      }
    }

    Optional<Recording> wire() {
      return tap.map(open -> Wire.normalized(open.recording(), tapPort, session.tap()));
    }

    List<String> recording() {
      return recording;
    }

    void step(Session.Line line) throws IOException {
      switch (line.event()) {
        case Session.Event.Printed _, Session.Event.Exited _ -> {} // this run writes its own
        default -> {
          recording.add(line.text().stripTrailing());
          try {
            perform(line.event());
          } catch (BookError | IOException e) {
            throw new BookError(
                "line %d: %s\n%s%s".formatted(line.number(), line.text(), e.getMessage(), shown()));
          }
        }
      }
    }

    private void perform(Session.Event event) throws IOException {
      switch (event) {
        case Session.Event.Run(var name, var command) -> {
          // The first terminal is the server: all others meet the tap in its place.
          if (!name.equals(session.terminals().getFirst())) {
            tap.ifPresent(_ -> ports.put(session.tap(), tapPort));
          }
          start(name, command);
        }
        case Session.Event.Await(var name, var wanted, var whole) -> {
          var text = actual(wanted);
          record(
              name,
              terminals
                  .get(name)
                  .readUntil(line -> whole ? line.strip().equals(text) : line.contains(text)));
        }
        case Session.Event.AwaitPrompt(var name, var wanted) ->
            record(name, terminals.get(name).readUntilPrompt(actual(wanted)));
        case Session.Event.AwaitEnd(var name) -> {
          record(name, terminals.get(name).readToEnd());
          int code = terminals.get(name).exitCode();
          if (code != 0) recording.add("%s [exit %d]".formatted(name, code));
        }
        case Session.Event.Type(var name, var text) -> terminals.get(name).type(actual(text));
        case Session.Event.CloseInput(var name) -> {
          terminals.get(name).closeInput();
          if (tap.isPresent()) awaitEnd(tap.get());
        }
        case Session.Event.Interrupt(var name) -> {
          interrupt(terminals.get(name));
          record(name, terminals.get(name).readToEnd());
        }
        case Session.Event.Remark _, Session.Event.Printed _, Session.Event.Exited _ -> {}
      }
    }

    private void start(String name, String command) throws IOException {
      var script = place.resolve("command-" + started.size());
      var terminal = new Terminal(home, script, actual(command));
      started.add(terminal);
      terminals.put(name, terminal);
    }

    /** No terminal shows an end. Unless it has crossed, a later word might overtake it. */
    private void awaitEnd(Tap tap) {
      ends++;
      var seen = new AtomicInteger();
      try {
        tap.await(
            event -> ENDS.contains(event.act()) && seen.incrementAndGet() == ends,
            Terminal.DEADLINE);
      } catch (TimeoutException e) {
        throw new BookError("no end (FIN) crossed the wire");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BookError("interrupted");
      }
    }

    private static void interrupt(Terminal terminal) throws IOException {
      try {
        terminal.interrupt();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BookError("interrupted");
      }
    }

    /** What the reader types, with this run's ports. */
    private String actual(String text) {
      return Volatile.replacePorts(text, ports);
    }

    private void record(String name, List<String> lines) {
      for (var line : lines) recording.add((name + " | " + asRecorded.apply(line)).stripTrailing());
    }

    /**
     * Everything that each terminal has shown: what an author needs in order to see why a step
     * failed.
     */
    private String shown() {
      var text = new StringBuilder();
      terminals.forEach((name, terminal) -> {
        text.append("\n").append(name).append(" showed:");
        var lines = terminal.history();
        if (lines.isEmpty()) text.append(" nothing");
        for (var line : lines) text.append("\n  ").append(line);
      });
      return text.toString();
    }

    @Override
    public void close() throws IOException {
      started.forEach(Terminal::close);
      if (tap.isPresent()) tap.get().close();
      reserved.close();
    }
  }
}
