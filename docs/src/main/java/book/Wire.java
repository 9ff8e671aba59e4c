package book;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import wire.Event;
import wire.Recording;
import wire.timeline.TextTimeline;
import wire.timeline.Timeline;

/**
 * What passed between the terminals of a session, as the tap saw it: {@code NAME.wire} beside
 * {@code NAME.session}. It is written anew only when it tells another story, so it holds no times.
 */
final class Wire {
  private static final int WIDEST = 100;

  private Wire() {}

  static Path file(Path session) {
    return session.resolveSibling(
        session.getFileName().toString().replaceFirst("\\.session$", ".wire"));
  }

  /** As the book tells it: the same for every run that means the same. */
  static Timeline timeline(Recording recording, Session session) {
    var terminals = session.terminals();
    return Timeline.of(recording).names(terminals.get(1), terminals.get(0)).steady();
  }

  static List<String> story(Recording recording, Session session) {
    return new TextTimeline(WIDEST, StandardCharsets.UTF_8).lines(timeline(recording, session));
  }

  /** The story on file; empty if there is none. */
  static List<String> recordedStory(Path session, Session parsed) throws IOException {
    var file = file(session);
    if (!Files.exists(file)) return List.of();
    return story(Recording.parse(Files.readString(file)), parsed);
  }

  static void write(Path session, Recording recording) throws IOException {
    Files.writeString(file(session), recording.text());
  }

  /** Without times, and with {@code port} for the port of the tap in what was said. */
  static Recording normalized(Recording recording, int tapPort, int port) {
    return new Recording(
        recording.events().stream().map(event -> normalized(event, tapPort, port)).toList(),
        recording.omitted());
  }

  private static Event normalized(Event event, int tapPort, int port) {
    var latin = StandardCharsets.ISO_8859_1; // one character for each byte
    var text = new String(event.bytes(), latin).replace("" + tapPort, "" + port);
    return new Event(
        0, event.conversation(), event.from(), event.act(), text.getBytes(latin), event.length());
  }
}
