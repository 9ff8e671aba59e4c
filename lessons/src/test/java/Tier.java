import java.util.List;
import java.util.stream.IntStream;

/** How much of what could be tried is tried: all of it with {@code mvn -Pall verify}. */
final class Tier {
  static final boolean ALL = Boolean.getBoolean("all");

  private Tier() {}

  /**
   * Every trouble for every server takes minutes. In the plain tier they are dealt out like cards,
   * the same in every run: each trouble goes to one server, and no server goes without.
   */
  static <T> List<T> dealt(List<T> troubles, Lesson server) {
    if (ALL) return troubles;
    var servers = Lesson.serving().toList();
    int place = servers.indexOf(server);
    return IntStream.range(0, Math.max(troubles.size(), servers.size()))
        .filter(card -> card % servers.size() == place)
        .mapToObj(card -> troubles.get(card % troubles.size()))
        .toList();
  }
}
