package book;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the annotations of an exercise's check class say, read from its source. */
record ExerciseText(
    String id, String title, String file, int level, int minutes, List<Step> steps) {
  record Step(int number, String behaviour, int points) {}

  private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** A key, then a number or strings joined by +. */
  private static final Pattern ENTRY =
      Pattern.compile("(\\w+)\\s*=\\s*(\\d+|%1$s(?:\\s*\\+\\s*%1$s)*)".formatted(STRING));

  private static final Pattern ANNOTATION =
      Pattern.compile("@(Exercise|Check)\\(((?:[^\"()]|%s)*)\\)".formatted(STRING));

  static ExerciseText read(Repo repo, String id) throws IOException {
    try (var files = Files.walk(repo.root().resolve("exercises/checks"))) {
      for (var file : files.filter(f -> f.toString().endsWith("Test.java")).sorted().toList()) {
        var exercise = parse(Files.readString(file));
        if (exercise != null && exercise.id.equals(id)) return exercise;
      }
    }
    throw new BookError("no class in exercises/checks has @Exercise(id = \"" + id + "\")");
  }

  /** Null if the source is not an exercise's. */
  static ExerciseText parse(String source) {
    Map<String, String> head = null;
    var steps = new ArrayList<Step>();
    for (var annotation : ANNOTATION.matcher(source).results().toList()) {
      var values = values(annotation.group(2));
      if (annotation.group(1).equals("Exercise")) {
        head = values;
      } else {
        steps.add(
            new Step(
                Integer.parseInt(values.get("step")),
                values.get("value"),
                Integer.parseInt(values.get("points"))));
      }
    }
    if (head == null) return null;
    steps.sort(Comparator.comparing(Step::number));
    return new ExerciseText(
        head.get("id"),
        head.get("title"),
        head.get("file"),
        Integer.parseInt(head.get("level")),
        Integer.parseInt(head.get("minutes")),
        steps);
  }

  private static Map<String, String> values(String entries) {
    var values = new HashMap<String, String>();
    for (var entry : ENTRY.matcher(entries).results().toList()) {
      var value = entry.group(2);
      values.put(entry.group(1), value.startsWith("\"") ? strings(value) : value);
    }
    return values;
  }

  private static String strings(String literals) {
    var text = new StringBuilder();
    for (Matcher m = STRING.matcher(literals); m.find(); )
      text.append(m.group(1).translateEscapes());
    return text.toString();
  }

  int points() {
    return steps.stream().mapToInt(Step::points).sum();
  }
}
