///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS info.picocli:picocli:4.7.7
//DEPS org.junit.jupiter:junit-jupiter:6.1.3
//DEPS org.junit.platform:junit-platform-launcher:6.1.3
//DEPS org.assertj:assertj-core:3.27.7
//DEPS org.jline:jline-terminal:4.4.8
//DEPS io.github.java-diff-utils:java-diff-utils:4.16
//SOURCES *.java
//SOURCES ../wire/*.java
//SOURCES ../wire/timeline/*.java
//JAVAC_OPTIONS -proc:none
//RUNTIME_OPTIONS -XX:+UseSerialGC -XX:TieredStopAtLevel=1
package grader;

import grader.Terminal.Style;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The learner's command line. */
@Command(
    name = "./jbang",
    synopsisSubcommandLabel =
        "watch | check | next | hint | list | progress | reset | solution | doctor",
    description = "Checks your answers to the exercises, and helps where they fail.",
    footerHeading = "%n",
    footer = "Begin with ./jbang list. An exercise is named by its ID: 1.1, 1.2, 2.1.")
public final class Main implements Runnable {
  static final int DONE = 0;
  static final int NOT_YET = 1;
  static final int USAGE = 2;
  static final int NOT_COMPILED = 3;
  static final int CANNOT_WORK = 4;

  private static final int LEAST_HELP_COLUMNS = 55; // picocli's

  private final Terminal terminal;
  private final List<Path> starts;
  private final PrintStream out;
  private final PrintStream err;

  @Spec private CommandSpec command;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Say how it is used.")
  private boolean help;

  /**
   * @param starts folders; the first that lies in a workbook says which one it is
   */
  Main(List<Path> starts, Terminal terminal, PrintStream out, PrintStream err) {
    this.starts = starts;
    this.terminal = terminal;
    this.out = out;
    this.err = err;
  }

  public static void main(String... arguments) {
    // The launcher says where it lies, for those who call it from elsewhere.
    var root = Optional.ofNullable(System.getenv("SOCKETS_BY_HAND")).map(Path::of);
    var starts =
        Stream.of(Optional.of(Path.of("")), root, Optional.of(ClassPath.own()))
            .flatMap(Optional::stream)
            .toList();
    System.exit(new Main(starts, Terminal.here(), System.out, System.err).execute(arguments));
  }

  int execute(String... arguments) {
    var line = new CommandLine(this);
    line.setColorScheme(Help.defaultColorScheme(terminal.color() ? Ansi.ON : Ansi.OFF));
    line.setOut(new PrintWriter(out, true));
    line.setUsageHelpWidth(Math.max(LEAST_HELP_COLUMNS, terminal.columns()));
    line.setParameterExceptionHandler((wrong, _) -> refuse(wrong));
    line.setExecutionExceptionHandler((failed, at, _) -> fail(failed, at.getCommandName()));
    return line.execute(arguments);
  }

  /** No command. */
  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "");
  }

  @Command(
      name = "check",
      description =
          "Run the checks of an exercise on your answer, and explain the first that fails.",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:all checks passed",
        "1:not all of them yet",
        "2:no such exercise, or a usage error",
        "3:the answer does not compile",
        "4:the grader itself cannot work"
      })
  int check(
      @Parameters(
              arity = "0..1",
              paramLabel = "ID",
              description = "The exercise, as in 1.1. Without it: the first that is not solved.")
          String id) {
    var workbook = workbook();
    var progress = Progress.read(workbook);
    var task = id == null ? progress.unsolved(Optional.empty()) : Optional.of(workbook.task(id));
    if (task.isEmpty()) {
      print(Report.next(task, Ways.COMMANDS, terminal));
      return DONE;
    }
    boolean begun = workbook.isBegun(task.get());
    var answer = workbook.answer(task.get());
    if (!begun) complain("Made " + workbook.shown(answer) + " from the shipped file.");
    Verdict verdict;
    try (var grading = new Grading(workbook)) {
      verdict = grading.grade(task.get(), answer);
    }
    if (verdict.compiled()) remember(() -> progress.reached(verdict));
    print(Report.of(verdict, workbook, progress.unsolved(task), Ways.COMMANDS, terminal));
    return verdict.passed() ? DONE : verdict.compiled() ? NOT_YET : NOT_COMPILED;
  }

  @Command(name = "list", description = "Show every exercise, and how far you are.")
  int list() {
    var workbook = workbook();
    print(Overview.of(workbook, Progress.read(workbook), Ways.COMMANDS, terminal));
    return DONE;
  }

  @Command(
      name = "hint",
      description = "Show the hints of an exercise, one more each time. There are three.")
  int hint(@Parameters(paramLabel = "ID", description = "The exercise, as in 1.1.") String id) {
    var workbook = workbook();
    var task = workbook.task(id);
    var progress = Progress.read(workbook);
    var hints = Hints.read(workbook.hints(task));
    int shown = Math.min(progress.hints(task) + 1, hints.size());
    remember(() -> progress.hinted(task, shown));
    print(Hints.shown(task, hints, shown, Ways.COMMANDS, terminal));
    return DONE;
  }

  @Command(
      name = "watch",
      description = "Stay at an exercise: a verdict on every save, and a key for everything else.")
  int watch() throws IOException, InterruptedException {
    var workbook = workbook();
    boolean live = System.console() != null && System.console().isTerminal() && terminal.drawings();
    try (var keys = live ? Keys.terminal() : Keys.lines(System.in);
        var grading = new Grading(workbook)) {
      var screen = new Screen(() -> fitted(keys.columns()), out, live);
      new Watch(workbook, grading, keys, screen).run();
    }
    return DONE;
  }

  private Terminal fitted(int columns) {
    return columns == 0 ? terminal : terminal.columns(columns);
  }

  @Command(name = "next", description = "Show what the first exercise wants that is not solved.")
  int next() {
    var workbook = workbook();
    var next = Progress.read(workbook).unsolved(Optional.empty());
    if (next.isEmpty()) {
      print(Report.next(next, Ways.COMMANDS, terminal));
      return DONE;
    }
    print(Brief.of(next.get(), workbook, terminal));
    print(List.of("", "Check it: ./jbang check " + next.get().id()));
    return DONE;
  }

  @Command(name = "progress", description = "Show your points, chapter by chapter.")
  int progress() {
    var workbook = workbook();
    print(Chart.of(workbook, Progress.read(workbook), Ways.COMMANDS, terminal));
    return DONE;
  }

  @Command(name = "reset", description = "Begin an exercise anew. Your text is kept aside.")
  int reset(@Parameters(paramLabel = "ID", description = "The exercise, as in 1.1.") String id) {
    var workbook = workbook();
    var task = workbook.task(id);
    boolean begun = workbook.isBegun(task);
    if (begun) print(wrapped("Your text is now " + workbook.shown(workbook.setAside(task))));
    print(wrapped(workbook.shown(workbook.answer(task)) + " is as shipped."));
    return DONE;
  }

  @Command(
      name = "solution",
      description = "Show our solution: once you have solved it, or when you ask twice.",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {"0:it is shown", "1:not yet: ask again"})
  int solution(@Parameters(paramLabel = "ID", description = "The exercise, as in 1.1.") String id) {
    var workbook = workbook();
    var task = workbook.task(id);
    var progress = Progress.read(workbook);
    if (!Solved.isFor(task, progress)) {
      remember(() -> progress.askedForTheSolution(task));
      print(Solved.notYet(task, Ways.COMMANDS, terminal));
      return NOT_YET;
    }
    print(Solved.of(task, progress, workbook, terminal));
    return DONE;
  }

  private List<String> wrapped(String text) {
    return terminal.wrap(text, "", "  ");
  }

  @Command(
      name = "doctor",
      description = "Look at this machine for what the workbook uses, and say how to get the rest.",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {"0:all that is required is here", "1:something required is missing"})
  int doctor() {
    var findings = new Doctor(workbook()).findings();
    var lines = new ArrayList<String>();
    for (var finding : findings) {
      var mark = finding.fine() ? "✓" : "✗";
      var state = finding.fine() ? "ok: " : finding.required() ? "required: " : "not ok: ";
      var first = terminal.writable("%s %-14s ".formatted(mark, finding.what()));
      var wrapped = terminal.wrap(state + finding.remark(), first, " ".repeat(17));
      var style = finding.fine() ? Style.GREEN : Style.RED;
      wrapped.set(0, terminal.signed(style, wrapped.getFirst()));
      lines.addAll(wrapped);
    }
    boolean well = findings.stream().allMatch(finding -> finding.fine() || !finding.required());
    lines.add("");
    lines.add(well ? "All that is required is here." : "Something required is missing.");
    print(lines);
    return well ? DONE : NOT_YET;
  }

  private Workbook workbook() {
    return Workbook.find(starts)
        .orElseThrow(() -> new CannotWork("no workbook here: start it in the workbook's folder"));
  }

  private void print(List<String> lines) {
    for (var line : lines) out.println(line);
  }

  /** A memory that cannot be written spoils no verdict. */
  private void remember(Runnable write) {
    try {
      write.run();
    } catch (CannotWork failed) {
      complain(failed.getMessage());
    }
  }

  private int refuse(ParameterException wrong) {
    var line = wrong.getCommandLine();
    if (wrong.getMessage().isEmpty()) {
      line.usage(err);
    } else if (wrong instanceof UnmatchedArgumentException unmatched && line.getParent() == null) {
      var names = String.join(", ", line.getSubcommands().keySet());
      complain("no command %s; there are %s".formatted(unmatched.getUnmatched().getFirst(), names));
    } else {
      complain("%s: %s (see --help)".formatted(line.getCommandName(), wrong.getMessage()));
    }
    return USAGE;
  }

  private int fail(Exception failed, String command) {
    switch (failed) {
      case UnknownExercise unknown -> complain(command + ": " + unknown.getMessage());
      case CannotWork reason -> complain(command + ": " + reason.getMessage());
      default -> {
        var at = failed.getStackTrace().length == 0 ? "" : " at " + failed.getStackTrace()[0];
        complain(
            "%s: a mistake in the grader, please report it: %s%s".formatted(command, failed, at));
      }
    }
    return failed instanceof UnknownExercise ? USAGE : CANNOT_WORK;
  }

  private void complain(String message) {
    err.println(terminal.writable(message.lines().findFirst().orElse("")));
  }
}
