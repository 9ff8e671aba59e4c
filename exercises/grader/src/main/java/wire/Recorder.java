package wire;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Writes down what happens, and tells a listener. Bounded: of each event it keeps the first {@link
 * Event#KEPT_BYTES}, and it keeps the first {@link #MOST_EVENTS} events. The last tenth of that
 * room is for events without bytes, so that how a long conversation ended is not lost.
 */
final class Recorder {
  static final int MOST_EVENTS = 10_000;
  private static final int MOST_WITH_BYTES = MOST_EVENTS - MOST_EVENTS / 10;

  private final Clock clock;
  private final long began;
  private final Consumer<Event> listener;
  private final List<Event> events = new ArrayList<>();
  private long omitted;

  Recorder(Clock clock, Consumer<Event> listener) {
    this.clock = clock;
    this.listener = listener;
    began = clock.nanos();
  }

  void add(int conversation, Side from, Act act) {
    add(conversation, from, act, ByteBuffer.allocate(0));
  }

  /**
   * Called before the act takes effect: so a reply never stands before what it replies to.
   *
   * @param bytes not consumed
   */
  synchronized void add(int conversation, Side from, Act act, ByteBuffer bytes) {
    var kept = new byte[Math.min(bytes.remaining(), Event.KEPT_BYTES)];
    bytes.get(bytes.position(), kept);
    long nanos = clock.nanos() - began;
    var event = new Event(nanos, conversation, from, act, kept, bytes.remaining());
    if (events.size() < (act.hasBytes() ? MOST_WITH_BYTES : MOST_EVENTS)) {
      events.add(event);
    } else {
      omitted++;
    }
    notifyAll();
    listener.accept(event);
  }

  synchronized Recording recording() {
    return new Recording(events, omitted);
  }

  synchronized Event await(Predicate<Event> wanted, Duration patience)
      throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + patience.toNanos();
    for (int next = 0; ; next++) {
      while (next == events.size()) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new TimeoutException("not seen within " + patience + ":\n" + recording().text());
        }
        wait(left / 1_000_000 + 1);
      }
      if (wanted.test(events.get(next))) return events.get(next);
    }
  }
}
