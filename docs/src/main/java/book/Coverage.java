package book;

import java.io.IOException;
import java.util.List;

/** Every line of a lesson is shown in its chapter, or the chapter says that it leaves it out. */
final class Coverage {
  private Coverage() {}

  /** Checks the chapter against the lesson with the same number. */
  static void check(Repo repo, Source chapter, LessonInclude includes, Problems problems)
      throws IOException {
    for (var file : Repo.files(repo.lessons(), "L%02d*.java".formatted(chapter.number()))) {
      var lesson = LessonText.read(file, repo.name(file));
      var elided = chapter.attribute("elided").map(tags -> tags.split(", *")).map(List::of);
      check(lesson, chapter, elided.orElse(List.of()), includes, problems);
    }
  }

  private static void check(
      LessonText lesson,
      Source chapter,
      List<String> elided,
      LessonInclude includes,
      Problems problems) {
    var fileName = lesson.name().substring(lesson.name().lastIndexOf('/') + 1);
    var shown = includes.shown(chapter.page(), fileName);
    int elidedAt = chapter.lineOf(":elided:");
    for (var tag : elided) {
      if (!lesson.tags().containsKey(tag)) {
        problems.add(
            chapter.name(), elidedAt, "elides a tag that " + lesson.name() + " lacks: " + tag);
      } else if (shown.containsAll(lesson.tags().get(tag))) {
        problems.add(chapter.name(), elidedAt, "elides a tag that it shows: " + tag);
      }
    }
    lesson
        .tags()
        .forEach((tag, lines) -> {
          if (!elided.contains(tag) && !shown.containsAll(lines)) {
            int at = lines.isEmpty() ? 0 : lines.getFirst() - 1;
            problems.add(
                lesson.name(),
                at,
                "tag %s is neither shown nor elided in %s".formatted(tag, chapter.name()));
          }
        });
    for (int number = 1; number <= lesson.lines().size(); number++) {
      int line = number;
      boolean tagged = lesson.tags().values().stream().anyMatch(lines -> lines.contains(line));
      boolean exempt =
          lesson.line(line).isBlank() || lesson.marks().contains(line) || lesson.inHead(line);
      if (!tagged && !exempt && !shown.contains(line)) {
        problems.add(lesson.name(), line, "stands outside every tag, so no chapter can show it");
      }
    }
  }
}
