package grader;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import wire.Act;
import wire.Event;
import wire.Recording;
import wire.Side;

/** What crossed a wire, in the order in which its far end said and heard it. Bounded. */
final class WireLog {
  private static final int MOST_EVENTS = 1000;
  private static final int MOST_WITH_BYTES = MOST_EVENTS - 10; // how it ended is not lost

  private final long began = System.nanoTime();
  private final List<Event> events = new ArrayList<>();
  private final Map<Integer, String> marks = new TreeMap<>();
  private final Set<Side> ended = EnumSet.noneOf(Side.class);
  private long omitted;
  private boolean sealed;

  synchronized void connected() {
    add(Side.CLIENT, Act.CONNECT, new byte[0], 0);
    add(Side.SERVER, Act.ACCEPT, new byte[0], 0);
  }

  synchronized void data(Side from, byte[] bytes, int offset, int length) {
    int kept = Math.min(length, Event.KEPT_BYTES);
    add(from, Act.DATA, Arrays.copyOfRange(bytes, offset, offset + kept), length);
  }

  /** A FIN; the reader may meet it more than once. */
  synchronized void end(Side from) {
    boolean last = ended.contains(from.other());
    if (ended.add(from)) add(from, last ? Act.CLOSE : Act.HALF_CLOSE, new byte[0], 0);
  }

  synchronized void reset(Side from) {
    boolean over = ended.containsAll(EnumSet.allOf(Side.class));
    ended.addAll(EnumSet.allOf(Side.class));
    if (!over) add(from, Act.RESET, new byte[0], 0);
  }

  /** Says what is known at this point. Of two remarks on one point the later one counts. */
  synchronized void mark(String text) {
    if (!sealed) marks.put(events.size() - 1, text);
  }

  /** What comes from now on is no part of the conversation: the check tidies up. */
  synchronized void seal() {
    sealed = true;
  }

  /**
   * @param end where it stopped
   */
  synchronized Exchange exchange(String client, String server, String end) {
    var recording = new Recording(events, omitted).text();
    boolean told = end.equals(Exchange.FAILED) && marks.containsKey(events.size() - 1);
    return new Exchange(recording, client, server, Map.copyOf(marks), told ? "" : end);
  }

  private void add(Side from, Act act, byte[] kept, int length) {
    if (sealed) return;
    if (events.size() >= (act.hasBytes() ? MOST_WITH_BYTES : MOST_EVENTS)) {
      omitted++;
      return;
    }
    events.add(new Event(System.nanoTime() - began, 1, from, act, kept, length));
  }
}
