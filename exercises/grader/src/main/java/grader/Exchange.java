package grader;

import java.io.Serializable;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import wire.Act;
import wire.Recording;
import wire.timeline.Sentences;
import wire.timeline.TextTimeline;
import wire.timeline.Timeline;

/**
 * What crossed the wire that a check failed on, and where it stopped.
 *
 * @param recording in its text form
 * @param client what the side that called is called
 * @param server the same of the side that was called
 * @param marks what is known after an event, by its index
 * @param end what is known after the last one; empty if the marks say it
 */
public record Exchange(
    String recording, String client, String server, Map<Integer, String> marks, String end)
    implements Serializable {
  static final String FAILED = "Here the check failed.";

  private static final int MOST_LINES = 14;
  private static final int LAST_LINES = 6;
  private static final int MOST_ROWS = 5; // of one message

  /** Whether a byte crossed. A bare connection tells nothing that the check has not said. */
  boolean hasBytes() {
    return Recording.parse(recording).events().stream().anyMatch(event -> event.act() == Act.DATA);
  }

  /**
   * The timeline; of a long one the beginning and the end. In sentences, where no figure fits or
   * none is wanted.
   */
  List<String> lines(int columns, boolean drawings, Charset charset) {
    var timeline = Timeline.of(Recording.parse(recording)).names(client, server);
    for (var mark : marks.entrySet()) timeline = timeline.mark(mark.getKey(), mark.getValue());
    if (!end.isEmpty()) timeline = timeline.markEnd(end);
    boolean figure = drawings && columns >= TextTimeline.LEAST_COLUMNS;
    var all =
        figure
            ? new TextTimeline(columns, charset, MOST_ROWS).lines(timeline)
            : new Sentences(columns, drawings, charset, MOST_ROWS).lines(timeline);
    if (all.size() <= MOST_LINES) return all;
    int first = MOST_LINES - LAST_LINES - 1;
    int left = all.size() - first - LAST_LINES;
    var lines = new ArrayList<>(all.subList(0, first));
    var note = "(%d lines left out)".formatted(left);
    lines.add(figure ? " ".repeat((columns - note.length()) / 2) + note : note);
    lines.addAll(all.subList(all.size() - LAST_LINES, all.size()));
    return lines;
  }
}
