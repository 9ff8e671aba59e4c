package wire.timeline;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import wire.Side;

/** The story in sentences. */
final class Words {
  private Words() {}

  /** Who does what, without the bytes themselves. */
  static String of(Timeline timeline, Step step) {
    var who = timeline.name(step.from());
    var server = timeline.name(Side.SERVER);
    return switch (step.act()) {
      case CONNECT -> who + (step.accepted() ? " connects" : " calls");
      case ACCEPT -> "the connection to " + server + " stands";
      case REFUSED -> server + " refuses";
      case TIMEOUT -> server + " does not answer in time";
      case DATA -> who + " sends " + amount(step);
      case HOLD -> "what " + who + " does is held back from here";
      case RELEASE -> "what " + who + " did is let go";
      case HALF_CLOSE ->
          step.closedByBoth()
              ? "both sides have finished sending (FIN): closed"
              : who + " has finished sending (FIN): half closed";
      case CLOSE ->
          timeline.isConnection(step.conversation())
              ? who + " has finished too (FIN): closed"
              : who + " is forgotten";
      case RESET -> who + " resets the connection (RST)";
      case DROP -> bytes(step.length()) + " from " + who + " are lost on the way";
      case DUPLICATE -> bytes(step.length()) + " from " + who + " arrive once more";
      case REORDER -> bytes(step.length()) + " from " + who + " arrive after later ones";
    };
  }

  /** How much was sent, and in which pieces it came. */
  static String amount(Step step) {
    return bytes(step.length()) + pieces(step);
  }

  static String pause(int tenths) {
    return (tenths % 10 == 0 ? tenths / 10 : tenths / 10 + "." + tenths % 10) + " s later";
  }

  static String bytes(long count) {
    return count == 1 ? "1 byte" : String.format(Locale.ROOT, "%,d bytes", count);
  }

  static String leftOut(long count) {
    return "… " + bytes(count) + " left out …";
  }

  static String skipped(int steps) {
    return steps == 1 ? "… 1 step left out …" : "… " + steps + " steps left out …";
  }

  static String omitted(long events) {
    return events == 1 ? "1 more event is not shown" : events + " more events are not shown";
  }

  static String spoken(List<Rows.Row> rows) {
    return rows.stream().map(Words::spoken).collect(Collectors.joining(" "));
  }

  private static String spoken(Rows.Row row) {
    if (row.leftOut() > 0) return leftOut(row.leftOut());
    return Symbol.named(row.text()).strip();
  }

  private static String pieces(Step step) {
    int count = step.events().size();
    if (count == 1 || step.joined()) return "";
    int size = step.first().length();
    int last = step.events().getLast().length();
    var pieces = " in " + count + " pieces of " + bytes(size);
    return last == size ? pieces : pieces + String.format(Locale.ROOT, ", the last of %,d", last);
  }
}
