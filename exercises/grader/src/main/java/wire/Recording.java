package wire;

import java.util.List;

/**
 * What happened on the wire, in the order in which the tap saw it.
 *
 * @param omitted how many more events followed that the tap had no room for
 */
public record Recording(List<Event> events, long omitted) {
  public Recording {
    events = List.copyOf(events);
    if (omitted < 0) throw new IllegalArgumentException("omitted " + omitted);
  }

  /** A complete one. */
  public Recording(List<Event> events) {
    this(events, 0);
  }

  /** One conversation alone. Whether it lost events is not known, so {@code omitted} stays. */
  public Recording conversation(int number) {
    return new Recording(
        events.stream().filter(event -> event.conversation() == number).toList(), omitted);
  }

  /** The text form: see {@link RecordingText}. */
  public String text() {
    return RecordingText.write(this);
  }

  /**
   * @throws IllegalArgumentException if it is not the text form of a recording; names the line
   */
  public static Recording parse(String text) {
    return RecordingText.read(text);
  }
}
