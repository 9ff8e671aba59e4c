package book;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What differs from run to run and from machine to machine though nothing has changed: all of it is
 * listed here.
 *
 * <p>Ports are rewritten, so that the reader sees the same ones everywhere. Everything else stays
 * as it was recorded, and counts as equal when a later run has another value in its place.
 */
final class Volatile {
  private record Part(String name, Pattern pattern) {}

  /** Whole seconds are not among them: they are deadlines that somebody chose. */
  private static final Part[] PARTS = {
    new Part("words", Pattern.compile("(?<=^curl: \\(\\d{1,3}\\) ).*")), // curl 8 words them anew
    // Java's, for a read that a close interrupts, and for one that comes a moment later.
    new Part("words", Pattern.compile("(?<=\\bSocket )(is )?closed\\b")),
    new Part("version", Pattern.compile("(?<=\\b(curl|Python|Python-urllib)/)\\d+(\\.\\d+)+")),
    new Part("date", Pattern.compile("\\w{3}, \\d{2} \\w{3} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT")),
    new Part("date", Pattern.compile("\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z?")),
    new Part("time", Pattern.compile("\\b\\d+(\\.\\d+)?(?= ?(ns|µs|us|ms|milliseconds)\\b)")),
    new Part("time", Pattern.compile("\\b\\d+\\.\\d+(?= ?(s|seconds)\\b)")),
    // Where a reset or a deadline cuts a stream.
    new Part("count", Pattern.compile("(?<=\\breads )[\\d,]+(?= bytes, then java\\.)")),
    // What is left of a timer, by ss.
    new Part("time", Pattern.compile("(?<=timer:\\((keepalive|timewait),)\\w+")),
    new Part("ratio", Pattern.compile("\\b\\d[\\d,]*(\\.\\d+)?(?= times\\b)")),
    new Part("pid", Pattern.compile("(?<=\\b(pid[ =]|process ))\\d+")),
    new Part("thread", Pattern.compile("(?<=\\b(platform|virtual) thread )\\d+")),
    // Java's own socket for both families, by ss: the second where the kernel has no IPv6.
    new Part(
        "loopback",
        Pattern.compile("\\[::ffff:127\\.0\\.0\\.1](?=:\\d)|\\b127\\.0\\.0\\.1(?=:\\d)")),
    new Part("range", Pattern.compile("(?<=\\bports )\\d+ to \\d+")), // of this kernel, for callers
    new Part("marked", Pattern.compile("(?<=‹)[^›]*(?=›)")), // by the program that printed it
  };

  /** A port that the kernel picked for a caller: five digits after a colon or after the word. */
  private static final Pattern PEER_PORT = Pattern.compile("(?<=:|\\b[Pp]ort )[3-6]\\d{4}\\b");

  private static final int FIRST_PEER_PORT = 50_001;

  private final Map<Integer, Integer> shownPorts;
  private final Map<String, Integer> peerPorts = new HashMap<>();

  /**
   * @param actualPorts the ports of the session, as shown, and those that stand for them in this
   *     run
   */
  Volatile(Map<Integer, Integer> actualPorts) {
    shownPorts = new HashMap<>();
    actualPorts.forEach((shown, actual) -> shownPorts.put(actual, shown));
  }

  /** The line as it is recorded. Peers' ports are numbered in the order in which they appear. */
  String recorded(String line) {
    var withPeers =
        PEER_PORT
            .matcher(line)
            .replaceAll(port -> {
              int number = Integer.parseInt(port.group());
              if (shownPorts.containsKey(number)) return port.group();
              return peerPorts
                  .computeIfAbsent(port.group(), p -> FIRST_PEER_PORT + peerPorts.size())
                  .toString();
            });
    return replacePorts(withPeers, shownPorts);
  }

  /** Replaces whole numbers only, all at once: no port is taken for a part of another. */
  static String replacePorts(String text, Map<Integer, Integer> replacements) {
    return Pattern.compile("(?<!\\d)\\d{4,5}(?!\\d)")
        .matcher(text)
        .replaceAll(number -> {
          var port = Integer.valueOf(number.group());
          return replacements.getOrDefault(port, port).equals(port)
              ? number.group()
              : replacements.get(port).toString();
        });
  }

  /**
   * The line with a name in the place of every volatile part: equal for two runs that say the same.
   */
  static String masked(String line) {
    for (var part : PARTS) line = part.pattern.matcher(line).replaceAll("<" + part.name + ">");
    return line;
  }
}
