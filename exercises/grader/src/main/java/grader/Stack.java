package grader;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One thread of a dump.
 *
 * @param state as {@link Thread.State} names it
 * @param frames the innermost first
 * @param wants the monitor that it is blocked on; empty if none
 * @param holds the monitors that it is in
 */
record Stack(
    long id,
    String name,
    boolean virtual,
    String state,
    List<StackTraceElement> frames,
    String wants,
    Set<String> holds) {

  // #26 "Thread-1" virtual WAITING 2026-01-01T00:00:00Z
  private static final Pattern THREAD = Pattern.compile("#(\\d+) \"(.*)\" (virtual )?([A-Z_]+) .*");
  // at java.base/java.lang.Thread.run(Thread.java:1474)
  private static final Pattern FRAME =
      Pattern.compile("\\s+at (?:[^/(]+/)?([^(]+)\\.([^.(]+)\\(([^:)]*)(?::(\\d+))?\\)");
  // - waiting to lock <java.lang.Object@6069db50>
  private static final Pattern MONITOR = Pattern.compile("\\s+- (waiting to lock|locked) <(.*)>");

  /** The threads of a dump in the JDK's format TEXT_PLAIN. */
  static List<Stack> parse(String dump) {
    var stacks = new ArrayList<Stack>();
    for (var block : dump.split("\\R\\R")) {
      var lines = block.strip().lines().toList();
      if (lines.isEmpty()) continue;
      var thread = THREAD.matcher(lines.getFirst());
      if (thread.matches()) {
        stacks.add(
            of(
                Long.parseLong(thread.group(1)),
                thread.group(2),
                thread.group(3) != null,
                thread.group(4),
                lines));
      }
    }
    return stacks;
  }

  private static Stack of(long id, String name, boolean virtual, String state, List<String> lines) {
    var frames = new ArrayList<StackTraceElement>();
    var holds = new HashSet<String>();
    var wants = "";
    for (var line : lines) {
      var frame = FRAME.matcher(line);
      var monitor = MONITOR.matcher(line);
      if (frame.matches()) {
        int number = frame.group(4) == null ? -1 : Integer.parseInt(frame.group(4));
        frames.add(new StackTraceElement(frame.group(1), frame.group(2), frame.group(3), number));
      } else if (monitor.matches()) {
        if (monitor.group(1).equals("locked")) holds.add(monitor.group(2));
        else wants = monitor.group(2);
      }
    }
    return new Stack(id, name, virtual, state, frames, wants, holds);
  }

  boolean calls(String type, String method) {
    return frames.stream()
        .anyMatch(at -> at.getClassName().equals(type) && at.getMethodName().equals(method));
  }
}
