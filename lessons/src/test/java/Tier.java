import java.util.List;
import java.util.stream.IntStream;

/** Without {@code -Pall} a few of many combinations are tried: the same ones in every run. */
final class Tier {
  private static final boolean ALL = Boolean.getBoolean("all");

  private Tier() {}

  /** Only the first. */
  @SafeVarargs
  static <T> List<T> first(T... all) {
    return ALL ? List.of(all) : List.of(all[0]);
  }

  /**
   * Every nth of them for a lesson, beginning elsewhere for each: so every lesson meets some, and
   * each of them meets some lesson.
   */
  static <T> List<T> some(List<T> all, int nth, Lesson lesson) {
    if (ALL) return all;
    int number = Integer.parseInt(lesson.number());
    return IntStream.range(0, all.size())
        .filter(i -> (i + number) % nth == 0)
        .mapToObj(all::get)
        .toList();
  }
}
