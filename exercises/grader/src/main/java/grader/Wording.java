package grader;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Says what happened to an answer, in sentences and with the answer's own lines. */
final class Wording {
  private static final int LEFTOVERS = 3; // threads shown

  private static final Set<String> WRAPPERS =
      Set.of(
          "java.util.concurrent.ExecutionException",
          "java.util.concurrent.CompletionException",
          "java.lang.reflect.InvocationTargetException",
          "java.lang.reflect.UndeclaredThrowableException");
  private static final Pattern HALT = Pattern.compile("\\.halt\\s*\\(");

  private final Task task;
  private final Source answer;
  private final Waiting waiting;

  Wording(Task task, Source answer) {
    this.task = task;
    this.answer = answer;
    this.waiting = new Waiting(this);
  }

  Outcome wrong(Event.Wrong wrong, List<Event.Uncaught> uncaught) {
    var cause = wrong.cause();
    if (cause != null && isTodo(cause)) return threw(cause, uncaught);
    var notes = new ArrayList<String>();
    // What was thrown stands in "got" already.
    Optional.ofNullable(cause)
        .flatMap(thrown -> mine(thrown.frames()))
        .ifPresent(at -> {
          notes.add("It was thrown at %s.".formatted(place(at)));
          notes.addAll(code(at));
        });
    notes.addAll(meanwhile(uncaught));
    return new Outcome.Wrong(wrong.gave(), wrong.wanted(), wrong.got(), wrong.means(), notes);
  }

  Outcome threw(Event.Thrown thrown, List<Event.Uncaught> uncaught) {
    var lines = new ArrayList<>(exception(unwrap(thrown)));
    lines.addAll(meanwhile(uncaught));
    return new Outcome.Trouble(Outcome.Kind.THREW, lines);
  }

  Outcome hung(Event.Hung hung, List<Event.Uncaught> uncaught) {
    var lines = new ArrayList<>(waiting.explain(hung));
    lines.addAll(meanwhile(uncaught));
    return new Outcome.Trouble(Outcome.Kind.HUNG, lines);
  }

  Outcome leaked(Event.Leaked leaked) {
    var lines = new ArrayList<String>();
    Stack.parse(leaked.stacks().dump()).stream()
        .filter(stack -> leaked.threads().contains(stack.id()))
        .limit(LEFTOVERS)
        .forEach(stack -> lines.addAll(waiting.leftover(stack)));
    int more = leaked.threads().size() - LEFTOVERS;
    if (more > 0) lines.add("And %,d more threads.".formatted(more));
    if (lines.isEmpty()) lines.add("A thread goes on after the check.");
    lines.add(
        "A thread that is no daemon keeps a program alive. Let it end: close the socket or the"
            + " executor that it waits on, or join it.");
    return new Outcome.Trouble(Outcome.Kind.LEAKED, lines);
  }

  Outcome exit(Event.Exit exit, int code) {
    var caller =
        Stack.parse(exit.stacks().dump()).stream()
            .filter(stack -> stack.calls("java.lang.Runtime", "exit"))
            .findFirst();
    if (caller.isEmpty()) {
      return ended(
          "The JVM that ran your code was told to end from outside, in the middle of this check.");
    }
    var at = mine(caller.get().frames());
    var lines = new ArrayList<String>();
    lines.add(
        ("%s calls exit, with code %d, in the middle of this check. That ends the whole program,"
                + " and the checks with it.")
            .formatted(at.map(this::place).orElse("Something"), code));
    at.ifPresent(frame -> lines.addAll(code(frame)));
    lines.add("Return a value or throw an exception instead: the caller decides what ends.");
    return new Outcome.Trouble(Outcome.Kind.ENDED, lines);
  }

  /** The child ended without a last word. */
  Outcome gone(Run run) {
    if (run.silent()) {
      return ended("The JVM that ran your code did not answer any more, and was ended.");
    }
    int code = run.exitCode();
    if (code > 128) {
      var signal = code - 128;
      var reason =
          switch (signal) {
            case 9 -> ", as by kill -9, or by a system that runs out of memory";
            case 6, 11 -> ": it crashed, as only native code can make it";
            default -> "";
          };
      return ended(
          "The JVM that ran your code was killed by signal %d in the middle of this check%s."
              .formatted(signal, reason));
    }
    var lines = new ArrayList<String>();
    lines.add(
        "The JVM that ran your code ended with code %d in the middle of this check."
            .formatted(code));
    halt()
        .ifPresent(line -> {
          lines.add("%s calls halt, which ends it at once.".formatted(place(line)));
          lines.addAll(code(line));
        });
    return new Outcome.Trouble(Outcome.Kind.ENDED, lines);
  }

  private static Outcome ended(String sentence) {
    return new Outcome.Trouble(Outcome.Kind.ENDED, List.of(sentence));
  }

  /** No stack tells who called halt. */
  private Optional<Integer> halt() {
    var lines = answer.lines();
    for (int i = 0; i < lines.size(); i++) {
      if (HALT.matcher(lines.get(i)).find()) return Optional.of(i + 1);
    }
    return Optional.empty();
  }

  private static Event.Thrown unwrap(Event.Thrown thrown) {
    var inner = thrown;
    while (WRAPPERS.contains(inner.type()) && inner.cause() != null) inner = inner.cause();
    return inner;
  }

  private List<String> exception(Event.Thrown thrown) {
    var at = mine(thrown.frames());
    if (at.isPresent() && isTodo(thrown)) {
      return List.of("%s is still to do. Write your answer there.".formatted(place(at.get())));
    }
    return switch (simpleName(thrown.type())) {
      case "StackOverflowError" -> tooDeep(thrown);
      case "OutOfMemoryError" -> outOfMemory(at);
      case "ExceptionInInitializerError" -> initializer(thrown);
      case "NoClassDefFoundError" -> initializer(thrown);
      case "AssertionError", "AssertionFailedError", "MultipleFailuresError" -> assertion(thrown);
      default -> at.map(frame -> thrownAt(thrown, frame)).orElseGet(() -> thrownInCheck(thrown));
    };
  }

  static boolean isTodo(Event.Thrown thrown) {
    return thrown.type().equals(UnsupportedOperationException.class.getName())
        && thrown.message() != null
        && thrown.message().startsWith("TODO");
  }

  private List<String> tooDeep(Event.Thrown thrown) {
    var times = new LinkedHashMap<String, Integer>();
    for (var frame : thrown.frames()) {
      if (isMine(frame)) times.merge(method(frame), 1, Integer::sum);
    }
    var circle = times.keySet().stream().filter(method -> times.get(method) > 10).toList();
    var at = mine(thrown.frames());
    if (circle.isEmpty() || at.isEmpty()) {
      return List.of("The stack is full: some method calls itself without end.");
    }
    var who =
        circle.size() == 1
            ? circle.getFirst() + " calls itself"
            : String.join(" and ", circle) + " call each other";
    var lines = new ArrayList<String>();
    lines.add("%s without end, at %s, until the stack is full.".formatted(who, place(at.get())));
    lines.addAll(code(at.get()));
    return lines;
  }

  private List<String> outOfMemory(Optional<StackTraceElement> at) {
    var lines = new ArrayList<String>();
    lines.add(
        "Out of memory: your code wanted more than the 256 MB that a check has%s."
            .formatted(at.map(frame -> ", at " + place(frame)).orElse("")));
    at.ifPresent(frame -> lines.addAll(code(frame)));
    lines.add("Something in it grows without a limit.");
    return lines;
  }

  private List<String> initializer(Event.Thrown thrown) {
    var cause = thrown.cause();
    if (cause == null) return thrownInCheck(thrown);
    var lines = new ArrayList<String>();
    lines.add("The class cannot be loaded: one of its static fields, or its static block, fails.");
    // A second use of the class is told in one sentence, with the frames of the first.
    var first = simpleName(cause.type()).equals("ExceptionInInitializerError");
    if (!first) lines.addAll(exception(cause));
    else mine(cause.frames()).ifPresent(at -> lines.addAll(code(at)));
    return lines;
  }

  private static List<String> assertion(Event.Thrown thrown) {
    var message = thrown.message() == null ? "The check failed." : thrown.message();
    return message.strip().lines().toList();
  }

  private List<String> thrownAt(Event.Thrown thrown, StackTraceElement at) {
    var lines = new ArrayList<String>();
    int index = thrown.frames().indexOf(at);
    var by = index == 0 ? "" : " (from %s)".formatted(method(thrown.frames().get(index - 1)));
    lines.add("%s throws %s%s".formatted(place(at), what(thrown), by));
    lines.addAll(code(at));
    Exceptions.inWords(simpleName(thrown.type())).ifPresent(lines::add);
    return lines;
  }

  private List<String> thrownInCheck(Event.Thrown thrown) {
    var lines = new ArrayList<String>();
    var at =
        thrown.frames().stream()
            .filter(frame -> frame.getClassName().startsWith(task.checks()))
            .findFirst();
    lines.add(
        "The check got %s%s".formatted(what(thrown), at.map(f -> ", at " + place(f)).orElse("")));
    Exceptions.inWords(simpleName(thrown.type())).ifPresent(lines::add);
    if (thrown.cause() != null) {
      mine(thrown.cause().frames())
          .ifPresent(frame -> lines.addAll(thrownAt(thrown.cause(), frame)));
    }
    return lines;
  }

  private List<String> meanwhile(List<Event.Uncaught> uncaught) {
    var lines = new ArrayList<String>();
    for (var each : uncaught.subList(0, Math.min(2, uncaught.size()))) {
      var at = mine(each.thrown().frames());
      lines.add(
          "Before that, the thread \"%s\" ended with %s%s."
              .formatted(
                  each.thread(), what(each.thrown()), at.map(f -> ", at " + place(f)).orElse("")));
      at.ifPresent(frame -> lines.addAll(code(frame)));
    }
    return lines;
  }

  private static String what(Event.Thrown thrown) {
    var name = simpleName(thrown.type());
    return thrown.message() == null ? name : name + ": " + thrown.message().strip();
  }

  /** The innermost frame in the answer. */
  Optional<StackTraceElement> mine(List<StackTraceElement> frames) {
    return frames.stream().filter(this::isMine).findFirst();
  }

  boolean isMine(StackTraceElement frame) {
    return task.fileName().equals(frame.getFileName())
        && frame.getClassName().startsWith(task.packageName() + ".");
  }

  boolean isCheck(StackTraceElement frame) {
    return frame.getClassName().startsWith(task.packageName() + ".") && !isMine(frame);
  }

  /** {@code Reply.java:12}. */
  String place(StackTraceElement frame) {
    return frame.getFileName() + ":" + frame.getLineNumber();
  }

  private String place(int line) {
    return task.fileName() + ":" + line;
  }

  /** The text of a line of the answer; its four spaces mark it as code. */
  List<String> code(StackTraceElement frame) {
    return code(frame.getLineNumber());
  }

  private List<String> code(int line) {
    var text = answer.line(line).strip();
    return text.isEmpty() ? List.of() : List.of("    %d | %s".formatted(line, text));
  }

  /**
   * For a thread that waits at a synchronized block, the JVM gives the line of the statement after
   * it.
   */
  StackTraceElement entering(StackTraceElement frame) {
    int line = frame.getLineNumber();
    while (line > 1 && !answer.line(line).contains("synchronized")) line--;
    if (line == 1) return frame; // a synchronized method, say
    return new StackTraceElement(
        frame.getClassName(), frame.getMethodName(), frame.getFileName(), line);
  }

  /** {@code Reply.bytes}; a lambda counts as the method that it stands in. */
  static String method(StackTraceElement frame) {
    var name = frame.getMethodName();
    if (name.startsWith("lambda$")) name = name.split("\\$")[1];
    var type = simpleName(frame.getClassName());
    return switch (name) {
      case "<init>" -> "new " + type;
      case "<clinit>" -> "the static initializer of " + type;
      default -> type + "." + name;
    };
  }

  private static String simpleName(String type) {
    return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
  }
}
