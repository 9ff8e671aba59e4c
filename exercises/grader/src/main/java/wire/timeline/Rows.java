package wire.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/** Bytes laid out in lines: a new one after each LF, and where the room ends. */
final class Rows {
  private Rows() {}

  /**
   * @param leftOut how many bytes this row stands for without showing them; 0 for an ordinary one
   */
  record Row(List<Symbol> symbols, long leftOut) {
    String text() {
      var text = new StringBuilder();
      for (var symbol : symbols) text.append(symbol.text());
      return text.toString();
    }

    private long bytes() {
      return symbols.stream().mapToLong(symbol -> symbol.bytes().length).sum();
    }
  }

  /**
   * At most {@code most} rows; the middle of what is too long is left out.
   *
   * @param shape what each symbol looks like
   * @param width of such a symbol, in the unit of {@code room}
   */
  static List<Row> of(
      Step step,
      UnaryOperator<Symbol> shape,
      ToDoubleFunction<Symbol> width,
      double room,
      int most) {
    var bytes = step.bytes();
    var rows = lines(Symbol.of(bytes).stream().map(shape).toList(), width, room);
    long unknown = step.length() - bytes.length;
    if (unknown == 0 && rows.size() <= most) return rows;
    // Without the end, more of the beginning.
    int tail = unknown > 0 ? 0 : most / 3;
    int head = Math.min(rows.size(), most - 1 - tail);
    var shown = new ArrayList<>(rows.subList(0, head));
    long between = 0;
    for (var row : rows.subList(head, rows.size() - tail)) between += row.bytes();
    shown.add(new Row(List.of(), between + unknown));
    shown.addAll(rows.subList(rows.size() - tail, rows.size()));
    return shown;
  }

  private static List<Row> lines(
      List<Symbol> symbols, ToDoubleFunction<Symbol> width, double room) {
    var rows = new ArrayList<Row>();
    var row = new ArrayList<Symbol>();
    double used = 0;
    for (int at = 0; at < symbols.size(); at++) {
      var symbol = symbols.get(at);
      double needed = width.applyAsDouble(symbol);
      if (used + needed > room) {
        rows.add(new Row(List.copyOf(row), 0));
        row.clear();
        used = 0;
      }
      row.add(symbol);
      used += needed;
      if (symbol.endsLine() || at == symbols.size() - 1) {
        rows.add(new Row(List.copyOf(row), 0));
        row.clear();
        used = 0;
      }
    }
    return rows;
  }
}
