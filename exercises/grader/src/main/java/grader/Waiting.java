package grader;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says where threads are that do not end, and what they wait for. */
final class Waiting {
  /** Of a tenth of a second. A thread that waits computes nothing. */
  private static final long COMPUTES_MILLIS = 10;

  private final Wording wording;

  Waiting(Wording wording) {
    this.wording = wording;
  }

  List<String> explain(Event.Hung hung) {
    var stacks = Stack.parse(hung.stacks().dump());
    var circle = circle(stacks, hung.stacks().waitsFor());
    if (!circle.isEmpty()) return deadlock(circle);

    var seconds = seconds(hung.millis());
    var lines = new ArrayList<String>();
    stacks.stream()
        .filter(stack -> mine(stack).isPresent())
        .sorted(comparing(stack -> stack.id() != hung.stacks().check())) // the check's own first
        .limit(3)
        .forEach(stack -> lines.addAll(stuck(stack, computes(stack, hung), seconds)));
    return lines.isEmpty() ? absent(stacks, hung.stacks().check(), seconds) : lines;
  }

  private List<String> stuck(Stack stack, boolean computes, String seconds) {
    var at = mine(stack).orElseThrow();
    var call = callee(stack);
    var lines = new ArrayList<String>();
    if (computes) {
      lines.add(
          "Still running after %s, at %s: a loop that does not end?"
              .formatted(seconds, wording.place(at)));
      lines.addAll(wording.code(at));
      if (call.map(StackTraceElement::getMethodName).orElse("").startsWith("read")) {
        lines.add("At the end of a stream read() returns -1 at once, every time.");
      }
    } else {
      lines.add("After %s, %s still %s.".formatted(seconds, wording.place(at), waits(stack)));
      lines.addAll(wording.code(at));
    }
    return lines;
  }

  /** The check waits for something, and no thread is in the answer. */
  private List<String> absent(List<Stack> stacks, long check, String seconds) {
    var at =
        stacks.stream()
            .filter(stack -> stack.id() == check)
            .flatMap(stack -> stack.frames().stream().filter(wording::isCheck))
            .findFirst();
    return List.of(
        ("After %s the check still waits%s, and no thread is in your code: what it waits for"
                + " was not done.")
            .formatted(seconds, at.map(frame -> ", at " + wording.place(frame)).orElse("")));
  }

  List<String> leftover(Stack stack) {
    var at = mine(stack);
    var lines = new ArrayList<String>();
    if (at.isPresent()) {
      lines.add(
          "The thread \"%s\" goes on after the check: %s %s."
              .formatted(stack.name(), wording.place(at.get()), waits(stack)));
      lines.addAll(wording.code(at.get()));
    } else if (stack.calls("java.util.concurrent.ThreadPoolExecutor", "getTask")) {
      lines.add(
          ("The thread \"%s\" goes on after the check: it waits for work, in an executor that"
                  + " nobody has closed.")
              .formatted(stack.name()));
    } else {
      var where =
          stack.frames().isEmpty() ? "" : ", in " + Wording.method(stack.frames().getFirst());
      lines.add("The thread \"%s\" goes on after the check%s.".formatted(stack.name(), where));
    }
    return lines;
  }

  private static boolean computes(Stack stack, Event.Hung hung) {
    if (!stack.virtual())
      return hung.stacks().cpuMillis().getOrDefault(stack.id(), 0L) > COMPUTES_MILLIS;
    return stack.state().equals("RUNNABLE");
  }

  /** {@code waits in accept() for a client that never comes}. */
  private String waits(Stack stack) {
    if (!stack.wants().isEmpty())
      return "waits to enter a synchronized block that another thread is in";
    var call = callee(stack).map(StackTraceElement::getMethodName).orElse("");
    if (call.isEmpty()) return "is at work";
    var forWhat =
        switch (call) {
          case "accept" -> "for a client that never comes";
          case "connect" -> "for an answer to its call";
          case "readAllBytes" -> "for the end of the stream, which the peer does not send";
          case "readLine" -> "for the end of a line";
          case "readNBytes", "readFully" -> "for more bytes than come";
          case "receive" -> "for a datagram that never comes";
          case "select" -> "for a channel that is ready";
          case "join" -> "for a thread that does not end";
          case "sleep" -> "for its time to pass";
          case "take" -> "for something to be put";
          case "await", "acquire", "get", "wait", "park", "lock", "put", "invokeAll", "exchange" ->
              "for another thread";
          default ->
              reads(stack)
                  ? "for bytes that never come"
                  : writes(stack) ? "for a peer that does not read" : "";
        };
    return "waits in %s() %s".formatted(call, forWhat).strip();
  }

  private static boolean reads(Stack stack) {
    return stack.frames().stream()
        .anyMatch(at -> isSocket(at) && at.getMethodName().toLowerCase().contains("read"));
  }

  private static boolean writes(Stack stack) {
    return stack.frames().stream()
        .anyMatch(at -> isSocket(at) && at.getMethodName().toLowerCase().contains("write"));
  }

  private static boolean isSocket(StackTraceElement at) {
    return at.getClassName().startsWith("sun.nio.ch.") || at.getClassName().startsWith("java.net.");
  }

  private Optional<StackTraceElement> mine(Stack stack) {
    var at = wording.mine(stack.frames());
    boolean entering = !stack.wants().isEmpty() && at.equals(stack.frames().stream().findFirst());
    return entering ? at.map(wording::entering) : at;
  }

  /** What the innermost line of the answer has called. */
  private Optional<StackTraceElement> callee(Stack stack) {
    StackTraceElement above = null;
    for (var frame : stack.frames()) {
      if (wording.isMine(frame)) return Optional.ofNullable(above);
      above = frame;
    }
    return Optional.empty();
  }

  /**
   * Threads of which each waits for the next, and the last for the first; empty if there are none
   * such.
   */
  private static List<Stack> circle(List<Stack> stacks, Map<Long, Long> waitsFor) {
    var next = new HashMap<>(waitsFor);
    for (var blocked : stacks) {
      for (var owner : stacks) {
        if (!blocked.wants().isEmpty() && owner.holds().contains(blocked.wants()))
          next.put(blocked.id(), owner.id());
      }
    }
    for (var start : next.keySet()) {
      var path = new LinkedHashSet<Long>();
      var at = start;
      while (at != null && path.add(at)) at = next.get(at);
      if (start.equals(at)) {
        return path.stream()
            .flatMap(id -> stacks.stream().filter(stack -> stack.id() == id))
            .toList();
      }
    }
    return List.of();
  }

  private List<String> deadlock(List<Stack> circle) {
    var lines = new ArrayList<String>();
    lines.add(
        circle.size() == 2
            ? "A deadlock: two threads wait for each other."
            : "A deadlock: %d threads wait for each other in a circle.".formatted(circle.size()));
    for (int i = 0; i < circle.size(); i++) {
      var thread = circle.get(i);
      var owner = circle.get((i + 1) % circle.size());
      var at = mine(thread);
      lines.add(
          "The thread \"%s\"%s waits for a lock that \"%s\" holds."
              .formatted(
                  thread.name(),
                  at.map(frame -> ", at " + wording.place(frame) + ",").orElse(""),
                  owner.name()));
      at.ifPresent(frame -> lines.addAll(wording.code(frame)));
    }
    lines.add("Take the locks in the same order everywhere.");
    return lines;
  }

  private static String seconds(long millis) {
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }
}
