package book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.regex.Pattern;

/**
 * A script for several terminals together with the recording of its last run.
 * docs/sessions/README.adoc describes the file's format.
 *
 * @param caption the file's first remark, as text
 * @param ports the ports as the reader sees them; each run picks free ones in their place
 * @param tap of these ports the one that is listened in on; 0 for none
 * @param lines the whole file, line by line
 */
record Session(
    String name,
    String caption,
    SequencedSet<Need> needs,
    SequencedSet<Integer> ports,
    int tap,
    List<Edit> edits,
    List<Line> lines) {

  /** A line as it stands in the file and what it means. */
  record Line(int number, String text, Event event) {}

  sealed interface Event {
    /** A comment, a blank line or part of the head. */
    record Remark() implements Event {}

    record Run(String terminal, String command) implements Event {}

    /** Until a line contains the text, or is the text but for blanks around it. */
    record Await(String terminal, String wanted, boolean whole) implements Event {}

    /** Until what stands behind the last line feed ends with the text, but for blanks. */
    record AwaitPrompt(String terminal, String wanted) implements Event {}

    record AwaitEnd(String terminal) implements Event {}

    record Type(String terminal, String text) implements Event {}

    record CloseInput(String terminal) implements Event {}

    record Interrupt(String terminal) implements Event {}

    /** Recorded: a line that the terminal showed. */
    record Printed(String terminal, String text) implements Event {}

    /** Recorded: the command ended with this code, which is not 0. */
    record Exited(String terminal, int code) implements Event {}
  }

  /** A change to a lesson that this session runs: {@code before} occurs exactly once in it. */
  record Edit(String lesson, String before, String after) {}

  private static final Pattern STEP =
      Pattern.compile(
          "([a-z][a-z0-9-]*) (\\$|\\?|=|>|<|\\||\\.|\\^D|\\^C|\\[exit (\\d+)])(?: (.*))?");
  private static final Pattern EDIT = Pattern.compile("edit (\\w+): \"(.+)\" -> \"(.*)\"");

  static Session read(Path file, String shownAs) throws IOException {
    var name = file.getFileName().toString().replaceFirst("\\.session$", "");
    return new Parser(name, shownAs).parse(Files.readAllLines(file));
  }

  static Session parse(String name, String text) {
    return new Parser(name, name + ".session").parse(text.lines().toList());
  }

  /** The terminals in the order in which they first do something. */
  List<String> terminals() {
    return lines.stream()
        .map(Line::event)
        .filter(Event.Run.class::isInstance)
        .map(run -> ((Event.Run) run).terminal())
        .distinct()
        .toList();
  }

  private static final class Parser {
    private final String name;
    private final String file;
    private final StringBuilder caption = new StringBuilder();
    private final SequencedSet<Need> needs = new LinkedHashSet<>();
    private final SequencedSet<Integer> ports = new LinkedHashSet<>();
    private int tap;
    private final List<Edit> edits = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final HashSet<String> running = new HashSet<>();
    private int number;

    Parser(String name, String file) {
      this.name = name;
      this.file = file;
    }

    Session parse(List<String> text) {
      for (var line : text) {
        number++;
        lines.add(new Line(number, line, event(line)));
      }
      if (caption.isEmpty()) throw wrong("says nowhere what it shows: begin with a # line");
      if (!running.isEmpty()) {
        var terminal = running.iterator().next();
        throw wrong(
            "%s is still busy at the end: add \"%s .\" or \"%s ^C\""
                .formatted(terminal, terminal, terminal));
      }
      return new Session(name, caption.toString(), needs, ports, tap, edits, List.copyOf(lines));
    }

    private Event event(String line) {
      if (line.isBlank()) return new Event.Remark();
      if (line.startsWith("#")) {
        if (lines.stream().allMatch(earlier -> earlier.text().startsWith("#"))) {
          caption.append(caption.isEmpty() ? "" : " ").append(line.substring(1).strip());
        }
        return new Event.Remark();
      }
      if (line.matches("(needs|port|tap|edit) .*")) {
        head(line);
        return new Event.Remark();
      }
      var step = STEP.matcher(line);
      if (!step.matches()) throw wrong("cannot read: " + line);
      var rest = step.group(4) == null ? "" : step.group(4);
      return step(step.group(1), step.group(2), rest, step.group(3));
    }

    private void head(String line) {
      if (line.startsWith("needs ")) {
        for (var need : line.substring("needs ".length()).split("[ ,]+")) {
          needs.add(Need.named(need).orElseThrow(() -> wrong("no such need: " + need)));
        }
      } else if (line.startsWith("port ")) {
        ports.add(port(line.substring("port ".length()).strip()));
      } else if (line.startsWith("tap ")) {
        tap = port(line.substring("tap ".length()).strip());
        ports.add(tap);
      } else {
        var edit = EDIT.matcher(line);
        if (!edit.matches()) throw wrong("wanted: edit LESSON: \"OLD\" -> \"NEW\"");
        edits.add(new Edit(edit.group(1), edit.group(2), edit.group(3)));
      }
    }

    private int port(String text) {
      if (!text.matches("\\d{4,5}")) throw wrong("a port has four or five digits: " + text);
      return Integer.parseInt(text);
    }

    private Event step(String terminal, String verb, String rest, String exitCode) {
      if (List.of("$", "?", ">").contains(verb) && rest.isBlank()) {
        throw wrong("nothing follows " + verb);
      }
      return switch (verb) {
        case "$" -> {
          if (!running.add(terminal)) throw wrong(terminal + " is busy: await its end first");
          yield new Event.Run(terminal, rest);
        }
        case "?" -> new Event.Await(busy(terminal), rest, false);
        case "=" -> new Event.Await(busy(terminal), rest.strip(), true);
        case ">" -> new Event.AwaitPrompt(busy(terminal), rest.strip());
        case "<" -> new Event.Type(busy(terminal), rest);
        case "^D" -> new Event.CloseInput(busy(terminal));
        case "^C" -> new Event.Interrupt(ended(terminal));
        case "." -> new Event.AwaitEnd(ended(terminal));
        case "|" -> new Event.Printed(terminal, rest);
        default -> new Event.Exited(terminal, Integer.parseInt(exitCode));
      };
    }

    private String busy(String terminal) {
      if (!running.contains(terminal)) throw wrong(terminal + " runs nothing here");
      return terminal;
    }

    private String ended(String terminal) {
      running.remove(busy(terminal));
      return terminal;
    }

    private BookError wrong(String message) {
      return new BookError(file + ":" + number + ": " + message);
    }
  }
}
