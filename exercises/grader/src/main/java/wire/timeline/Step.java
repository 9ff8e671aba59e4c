package wire.timeline;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import wire.Act;
import wire.Event;
import wire.Side;

/**
 * One line of the story: an event, or several that make one.
 *
 * @param events at least one; of one conversation, and of one side but for an opening or a closing
 * @param tenths of a second between the step before and this one; 0 is "at once"
 * @param joined whether the bytes are one message, however many pieces they came in
 * @param mark what went wrong here
 * @param skipped how many steps were left out before this one
 */
record Step(List<Event> events, int tenths, boolean joined, Optional<String> mark, int skipped) {
  Step {
    events = List.copyOf(events);
  }

  static Step of(Event event, int tenths) {
    return new Step(List.of(event), tenths, false, Optional.empty(), 0);
  }

  Step marked(Optional<String> mark) {
    return new Step(events, tenths, joined, mark, skipped);
  }

  Step after(int skipped) {
    return new Step(events, tenths, joined, mark, skipped);
  }

  Event first() {
    return events.getFirst();
  }

  int conversation() {
    return first().conversation();
  }

  Side from() {
    return first().from();
  }

  Act act() {
    return first().act();
  }

  /** A CONNECT whose ACCEPT follows at once: the kernels have met. */
  boolean accepted() {
    return act() == Act.CONNECT && events.getLast().act() == Act.ACCEPT;
  }

  /** Both directions have ended at once, each by itself. */
  boolean closedByBoth() {
    return act() == Act.HALF_CLOSE && events.getLast().act() == Act.CLOSE;
  }

  long length() {
    return events.stream().mapToLong(Event::length).sum();
  }

  /**
   * The bytes from the first on, as far as none is missing. Of joined ones no more than of a single
   * event: how many more there are depends on how they came.
   */
  byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    for (var event : events) {
      bytes.writeBytes(event.bytes());
      if (event.cut()) break;
    }
    int most = joined ? Math.min(bytes.size(), Event.KEPT_BYTES) : bytes.size();
    return Arrays.copyOf(bytes.toByteArray(), most);
  }

  /** This step and one more event, if the two may be told as one. */
  Optional<Step> with(Event next, int pause, boolean join) {
    if (pause > 0 || mark.isPresent() || next.conversation() != conversation()) {
      return Optional.empty();
    }
    boolean one =
        switch (next.act()) {
          case ACCEPT -> act() == Act.CONNECT;
          case DATA -> act() == Act.DATA && next.from() == from() && (join || isNextPiece(next));
          case CLOSE -> join && act() == Act.HALF_CLOSE;
          default -> false;
        };
    if (!one) return Optional.empty();
    var more = new ArrayList<>(events);
    more.add(next);
    return Optional.of(new Step(more, tenths, join, mark, 0));
  }

  /**
   * Pieces of one size, of which only the last may be smaller: their size tells where each ends.
   */
  private boolean isNextPiece(Event next) {
    int size = first().length();
    return events.getLast().length() == size && next.length() <= size;
  }
}
