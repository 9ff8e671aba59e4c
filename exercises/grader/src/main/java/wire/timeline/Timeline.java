package wire.timeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import wire.Act;
import wire.Event;
import wire.Recording;
import wire.Side;

/**
 * A recording as a story: who did what, in which order, and what went wrong where.
 *
 * <p>Times are told coarsely, since no two runs have the same. What follows within 0.1 s follows at
 * once; a longer pause is told in tenths of a second, rounded down, because a run can be late but
 * not early.
 *
 * <p>Events are told as one step only where that hides nothing: a call and its acceptance, and
 * pieces of one size in one direction. {@link #steady} hides more, for figures that must not change
 * when they are drawn again.
 */
public final class Timeline {
  private static final long TENTH = Duration.ofMillis(100).toNanos();

  /** A timer may fire a little before its time. */
  private static final long EARLY = Duration.ofMillis(10).toNanos();

  private static final int FIRST_STEPS = 40;
  private static final int LAST_STEPS = 20;

  private final Recording recording;
  private final String client;
  private final String server;
  private final Map<Integer, String> marks;
  private final Optional<String> end;
  private final Optional<List<Duration>> pauses;
  private final Set<Integer> connections;

  private Timeline(
      Recording recording,
      String client,
      String server,
      Map<Integer, String> marks,
      Optional<String> end,
      Optional<List<Duration>> pauses) {
    this.recording = recording;
    this.client = client;
    this.server = server;
    this.marks = marks;
    this.end = end;
    this.pauses = pauses;
    this.connections = connections(recording);
  }

  public static Timeline of(Recording recording) {
    return new Timeline(
        recording, "client", "server", Map.of(), Optional.empty(), Optional.empty());
  }

  /** What the two sides are called, such as "curl" and "lesson 01". */
  public Timeline names(String client, String server) {
    return new Timeline(
        recording, Symbol.visible(client), Symbol.visible(server), marks, end, pauses);
  }

  /**
   * Says what went wrong at one event.
   *
   * @param event its index in the recording's list
   */
  public Timeline mark(int event, String text) {
    var more = new TreeMap<>(marks);
    more.put(Objects.checkIndex(event, recording.events().size()), Symbol.visible(text));
    return new Timeline(recording, client, server, more, end, pauses);
  }

  /** Says after everything else what went wrong: that something never came. */
  public Timeline markEnd(String text) {
    var last = Optional.of(Symbol.visible(text));
    return new Timeline(recording, client, server, marks, last, pauses);
  }

  /**
   * The same story from every run that means the same.
   *
   * <ul>
   *   <li>Conversations are told one after the other: how they interleave is chance.
   *   <li>Bytes that one side of a connection sends in one go are one message: TCP keeps no
   *       boundaries, so where the pieces end is chance as well. Datagrams stay apart.
   *   <li>Where one FIN follows the other at once, both sides end: which was first is chance.
   *   <li>Only the pauses named here are told, each as the duration it was meant to have. A busy
   *       machine adds none, unless it is late by the shortest of them: take 0.5 s or more.
   * </ul>
   *
   * @param pauses the delays that the run makes on purpose, whole tenths of a second
   */
  public Timeline steady(Duration... pauses) {
    for (var pause : pauses) {
      if (pause.compareTo(Duration.ofNanos(TENTH)) < 0 || pause.toNanos() % TENTH != 0) {
        throw new IllegalArgumentException(pause + " is not in whole tenths of a second");
      }
    }
    var sorted = List.of(pauses).stream().sorted(Comparator.reverseOrder()).toList();
    return new Timeline(recording, client, server, marks, end, Optional.of(sorted));
  }

  String name(Side side) {
    return side == Side.CLIENT ? client : server;
  }

  Optional<String> end() {
    return end;
  }

  /** How many events the recording had no room for. */
  long omitted() {
    return recording.omitted();
  }

  /** Whether the conversation has an end; datagrams only cease. */
  boolean isConnection(int conversation) {
    return connections.contains(conversation);
  }

  boolean hasSeveralConversations() {
    return recording.events().stream().mapToInt(Event::conversation).distinct().count() > 1;
  }

  List<Step> steps() {
    var steps = new ArrayList<Step>();
    long last = 0;
    for (int at : order()) {
      var event = recording.events().get(at);
      int pause = steps.isEmpty() ? 0 : tenths(event.nanos() - last);
      boolean join = pauses.isPresent() && isConnection(event.conversation());
      var step = Step.of(event, pause);
      if (!steps.isEmpty()) {
        var longer = steps.getLast().with(event, pause, join);
        if (longer.isPresent()) {
          steps.removeLast();
          step = longer.get();
        }
      }
      steps.add(step.marked(Optional.ofNullable(marks.get(at))));
      last = event.nanos();
    }
    return withoutMiddle(withoutFirstCalls(steps));
  }

  /**
   * A datagram client is not known to call before its first datagram is seen: that tells it all.
   */
  private List<Step> withoutFirstCalls(List<Step> steps) {
    var told = new ArrayList<Step>();
    for (int at = 0; at < steps.size(); at++) {
      var step = steps.get(at);
      var next = at + 1 < steps.size() ? steps.get(at + 1) : step;
      boolean known =
          step.act() == Act.CONNECT
              && !step.accepted()
              && step.mark().isEmpty()
              && next.conversation() == step.conversation()
              && next.from() == step.from()
              && next.act().hasBytes();
      if (!known) told.add(step);
    }
    return told;
  }

  /** Nobody reads hundreds of steps: the middle is left out, but for what is marked. */
  private static List<Step> withoutMiddle(List<Step> steps) {
    var told = new ArrayList<Step>();
    int skipped = 0;
    for (int at = 0; at < steps.size(); at++) {
      var step = steps.get(at);
      boolean middle = at >= FIRST_STEPS && at < steps.size() - LAST_STEPS;
      if (middle && step.mark().isEmpty()) {
        skipped++;
      } else {
        told.add(step.after(skipped));
        skipped = 0;
      }
    }
    return told;
  }

  private List<Integer> order() {
    var order = IntStream.range(0, recording.events().size()).boxed();
    if (pauses.isEmpty()) return order.toList();
    return order
        .sorted(Comparator.comparing(at -> recording.events().get(at).conversation()))
        .toList();
  }

  /** The conversations over TCP: nobody accepts a datagram, or half-closes where it came from. */
  private static Set<Integer> connections(Recording recording) {
    var connections = new HashSet<Integer>();
    for (var event : recording.events()) {
      switch (event.act()) {
        case ACCEPT, HALF_CLOSE -> connections.add(event.conversation());
        default -> {}
      }
    }
    return connections;
  }

  private int tenths(long nanos) {
    long told =
        pauses
            .map(chosen ->
                chosen.stream()
                    .mapToLong(Duration::toNanos)
                    .filter(pause -> nanos + EARLY >= pause)
                    .findFirst()
                    .orElse(0))
            .orElse(nanos + EARLY);
    return (int) (told / TENTH);
  }
}
