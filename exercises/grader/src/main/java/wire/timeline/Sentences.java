package wire.timeline;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A timeline in words alone, a sentence for each step: for a screen that is too narrow for a
 * figure, and for one that is read aloud. The bytes of a message stand behind their sentence, or
 * indented below it.
 *
 * @param columns no line is longer
 * @param pictures whether a control character is shown by its picture; otherwise it is escaped, as
 *     in Java
 * @param charset what it has no character for becomes ASCII
 * @param mostRows of one message
 */
public record Sentences(int columns, boolean pictures, Charset charset, int mostRows) {
  private static final String INDENT = "  ";

  public List<String> lines(Timeline timeline) {
    var encoder = charset.newEncoder();
    var lines = new ArrayList<String>();
    int conversation = 0;
    for (var step : timeline.steps()) {
      if (step.skipped() > 0) say(lines, Words.skipped(step.skipped()), encoder);
      if (step.conversation() != conversation && timeline.hasSeveralConversations()) {
        conversation = step.conversation();
        say(lines, "conversation " + conversation + ":", encoder);
      }
      var pause = step.tenths() > 0 ? Words.pause(step.tenths()) + " " : "";
      var words = pause + Words.of(timeline, step);
      if (step.act().hasBytes() && step.length() > 0) message(lines, words + ":", step, encoder);
      else say(lines, words, encoder);
      step.mark().ifPresent(mark -> say(lines, mark, encoder));
    }
    if (timeline.steps().isEmpty()) say(lines, "nothing happened", encoder);
    if (timeline.omitted() > 0) say(lines, Words.omitted(timeline.omitted()), encoder);
    timeline.end().ifPresent(end -> say(lines, end, encoder));
    return lines;
  }

  private void say(List<String> lines, String sentence, CharsetEncoder encoder) {
    var wrapped = TextTimeline.wrap(Symbol.writable(sentence, encoder), columns - INDENT.length());
    lines.add(wrapped.removeFirst());
    for (var line : wrapped) lines.add(INDENT + line);
  }

  private void message(List<String> lines, String words, Step step, CharsetEncoder encoder) {
    int room = columns - INDENT.length();
    var rows =
        Rows.of(step, symbol -> shown(symbol, encoder), Symbol::columns, room, mostRows).stream()
            .map(row ->
                row.leftOut() > 0
                    ? Symbol.writable(Words.leftOut(row.leftOut()), encoder)
                    : row.text())
            .toList();
    say(lines, words, encoder);
    var behind = lines.getLast() + " " + rows.getFirst();
    if (rows.size() == 1 && Symbol.columns(behind) <= columns) {
      lines.set(lines.size() - 1, behind);
    } else {
      for (var row : rows) lines.add(INDENT + row);
    }
  }

  private Symbol shown(Symbol symbol, CharsetEncoder encoder) {
    boolean escaped = symbol.isControl() && !pictures;
    return symbol.writable(escaped ? StandardCharsets.US_ASCII.newEncoder() : encoder);
  }
}
