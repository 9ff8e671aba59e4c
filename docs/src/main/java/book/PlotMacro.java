package book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.asciidoctor.ast.StructuralNode;

/**
 * {@code plot::14-cost[Caption.]}: a drawing of {@code docs/recordings/14-cost.txt}, made anew with
 * every book. Its lines say {@code 100 idle: poll 26101 ns, epoll 988 ns}. Drawn is how many times
 * as much each one takes as with 0 idle: the machine does not matter then.
 */
final class PlotMacro extends Macro {
  private static final Pattern ROW = Pattern.compile("(?m)^ *(\\d+) idle: (.+)$");
  private static final Pattern VALUE = Pattern.compile("(\\w+) +(\\d+) ns");

  private static final int LEFT = 80;
  private static final int RIGHT = 600;
  private static final int TOP = 30;
  private static final int BOTTOM = 270;

  PlotMacro(Repo repo, Build build) {
    super("plot", repo, build);
  }

  @Override
  void fill(StructuralNode block, String target, String text) throws IOException {
    var file = repo.root().resolve(Path.of("docs", "recordings", target + ".txt"));
    if (!Files.exists(file)) throw new BookError("no such file: " + repo.name(file));
    var series = times(Files.readString(file));
    if (series.isEmpty()) throw new BookError(repo.name(file) + " has no row: N idle: NAME N ns");
    html(
        block,
        "<figure class=\"drawing\"><div class=\"scroll\" tabindex=\"0\">%s</div><figcaption>%s</figcaption></figure>"
            .formatted(svg(target, series), inline(text)));
  }

  /** For each name: how many idle descriptors, and how many times as much as with none. */
  static Map<String, Map<Integer, Double>> times(String recording) {
    var series = new LinkedHashMap<String, Map<Integer, Double>>();
    for (var row : ROW.matcher(recording).results().toList()) {
      for (var value : VALUE.matcher(row.group(2)).results().toList()) {
        series
            .computeIfAbsent(value.group(1), _ -> new TreeMap<>()) // of two rows the later counts
            .put(Integer.valueOf(row.group(1)), Double.valueOf(value.group(2)));
      }
    }
    for (var values : series.values()) {
      var alone = values.get(0);
      if (alone == null) throw new BookError("no row says 0 idle");
      values.replaceAll((_, nanos) -> nanos / alone);
    }
    return series;
  }

  private static String svg(String name, Map<String, Map<Integer, Double>> series) {
    var idle = List.copyOf(series.values().iterator().next().keySet());
    double most =
        series.values().stream().flatMap(v -> v.values().stream()).max(Double::compare).get();
    int decades = Math.max(1, (int) Math.ceil(Math.log10(most)));
    var parts = new ArrayList<String>();
    for (int decade = 0; decade <= decades; decade++) {
      double y = y(Math.pow(10, decade), decades);
      parts.add(form("<path class=\"grid\" d=\"M%d %.1f H%d\"/>", LEFT, y, RIGHT));
      parts.add(text(LEFT - 10, y + 5, "end", form("%,d×", Math.round(Math.pow(10, decade)))));
    }
    for (int i = 0; i < idle.size(); i++) {
      parts.add(text(x(i, idle), BOTTOM + 24, "middle", form("%,d", idle.get(i))));
    }
    parts.add(text((LEFT + RIGHT) / 2.0, BOTTOM + 50, "middle", "idle descriptors"));
    int number = 0;
    for (var line : series.entrySet()) {
      var points = new ArrayList<String>();
      for (int i = 0; i < idle.size(); i++) {
        double y = y(line.getValue().get(idle.get(i)), decades);
        points.add(form("%.1f %.1f", x(i, idle), y));
        parts.add(
            form(
                "<circle class=\"dot%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>",
                number, x(i, idle), y));
      }
      parts.add(form("<path class=\"line%d\" d=\"M%s\"/>", number, String.join(" L", points)));
      double end = y(line.getValue().get(idle.getLast()), decades);
      parts.add(text(RIGHT + 12, end + 5, "start", line.getKey()));
      number++;
    }
    return form(
        """
        <svg xmlns="http://www.w3.org/2000/svg" class="plot" viewBox="0 0 700 330" role="img" \
        aria-labelledby="plot-%1$s-title plot-%1$s-desc">
        <title id="plot-%1$s-title">Cost of a wakeup against idle descriptors</title>
        <desc id="plot-%1$s-desc">%2$s</desc>
        <style>.plot {
        .grid { stroke: var(--line); fill: none }
        .line0 { stroke: var(--accent); stroke-width: 2.5; fill: none } .dot0 { fill: var(--accent) }
        .line1 { stroke: var(--mind); stroke-width: 2.5; fill: none; stroke-dasharray: 7 4 } .dot1 { fill: var(--mind) }
        text { fill: var(--ink); font-size: 14px } }</style>
        %3$s
        </svg>\
        """,
        name, escape(description(series)), String.join("\n", parts));
  }

  private static String description(Map<String, Map<Integer, Double>> series) {
    var sentences = new ArrayList<String>();
    series.forEach((name, values) -> {
      var points = new ArrayList<String>();
      values.forEach((idle, times) -> points.add(form("%,.1f at %,d", times, idle)));
      sentences.add(name + ": " + String.join(", ", points) + ".");
    });
    return "How many times as much as with none. " + String.join(" ", sentences);
  }

  private static double x(int index, List<Integer> idle) {
    return LEFT + 20 + index * (RIGHT - LEFT - 40.0) / Math.max(1, idle.size() - 1);
  }

  /** Logarithmic: each decade is as high as the one before. */
  private static double y(double times, int decades) {
    return BOTTOM - (BOTTOM - TOP) * Math.log10(Math.max(times, 0.8)) / decades;
  }

  /** As every machine writes it, wherever it stands. */
  private static String form(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String text(double x, double y, String anchor, String text) {
    return form(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, escape(text));
  }
}
