package book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The chain that a number ties together, link by link: lesson, chapter, sessions, exercises,
 * checks, hints, solutions, short name, row of the README. Nothing in it is missing, and nothing
 * hangs loose.
 */
final class Parity {
  private static final Pattern NUMBERED = Pattern.compile("\\D*(\\d\\d).*");
  private static final int REJECTED_AT_LEAST = 5;

  private final Repo repo;
  private final List<String> breaks = new ArrayList<>();
  private final Map<String, Path> lessons = new TreeMap<>();
  private final Map<String, String> chapters = new TreeMap<>();
  private final Map<String, ExerciseText> exercises = new TreeMap<>();

  private Parity(Repo repo) {
    this.repo = repo;
  }

  /** One line for each link that is missing or loose. */
  static List<String> breaks(Repo repo) throws IOException {
    var parity = new Parity(repo);
    parity.read();
    parity.lessons();
    parity.sessionsAndFigures();
    parity.exercises();
    parity.solutions();
    parity.shortNames();
    new ScriptDependencies(repo, parity.breaks).check();
    return parity.breaks.stream().sorted().toList();
  }

  private void read() throws IOException {
    for (var file : Repo.files(repo.lessons(), "L*.java")) lessons.put(number(file), file);
    for (var file : Repo.files(repo.chapters(), "[0-9]*.adoc")) {
      chapters.put(number(file), Files.readString(file));
    }
    for (var file : below("exercises/checks", "Test.java")) {
      var exercise = ExerciseText.parse(Files.readString(file));
      if (exercise == null) broken(repo.name(file) + " has no @Exercise");
      else exercises.put(exercise.id(), exercise);
    }
  }

  private void lessons() throws IOException {
    var readme = Files.readString(repo.root().resolve("README.adoc"));
    lessons.forEach((number, file) -> {
      var name = repo.name(file);
      if (!chapters.containsKey(number)) broken(name + " has no chapter");
      if (!readme.contains("|`./jbang " + number + "`"))
        broken(name + " has no row in README.adoc");
      if (!readme.contains("|link:" + name + "[")) broken(name + " is not linked from README.adoc");
      if (!exercises.containsKey(exercise(number, 1))) broken(name + " has no exercise");
    });
    for (var number : chapters.keySet()) {
      if (!lessons.containsKey(number)) broken("chapter " + number + " has no lesson");
    }
    rows(readme)
        .filter(number -> !lessons.containsKey(number))
        .forEach(number -> broken("README.adoc has a row for " + number + ", which is no lesson"));
  }

  private static Stream<String> rows(String readme) {
    return Pattern.compile("\\|`\\./jbang (\\d\\d)`")
        .matcher(readme)
        .results()
        .map(m -> m.group(1));
  }

  private void sessionsAndFigures() throws IOException {
    for (var number : chapters.keySet()) {
      if (Repo.files(repo.sessions(), number + "-*.session").isEmpty()) {
        broken("chapter " + number + " has no session");
      }
    }
    for (var file : Repo.files(repo.sessions(), "*.session")) {
      shown("(session|timeline)", file, chapters.getOrDefault(number(file), ""));
    }
    for (var file : Repo.files(repo.figures(), "*.svg")) {
      shown("figure", file, String.join("\n", chapters.values()));
    }
  }

  private void shown(String macro, Path file, String chapter) {
    var name = file.getFileName().toString().replaceFirst("\\.\\w+$", "");
    if (!Pattern.compile(macro + "::" + name + "\\[").matcher(chapter).find())
      broken(repo.name(file) + " stands in no chapter");
  }

  private void exercises() throws IOException {
    var readme = Files.readString(repo.root().resolve("README.adoc"));
    for (var exercise : exercises.values()) {
      var id = exercise.id();
      var number = "%02d".formatted(Integer.parseInt(id.substring(0, id.indexOf('.'))));
      var chapter = chapters.getOrDefault(number, "");
      if (!exercise.file().startsWith("ch" + number + "/"))
        broken("exercise " + id + " is not in ch" + number);
      if (exercise.points() != 10)
        broken("exercise " + id + " has " + exercise.points() + " points, not 10");
      for (var macro : List.of("exercise", "hints", "gallery")) {
        if (!chapter.contains(macro + "::" + id + "[]")) {
          broken("chapter " + number + " lacks " + macro + "::" + id + "[]");
        }
      }
      if (!Pattern.compile("\\b" + Pattern.quote(id) + "\\b").matcher(readme).find()) {
        broken("exercise " + id + " is not in README.adoc");
      }
      wanted("exercises/shipped/" + exercise.file());
      wanted("exercises/hints/" + id + ".adoc");
      wanted("solutions/accepted/" + exercise.file());
    }
    for (var file : below("exercises/shipped", ".java")) claimed(file, "exercises/shipped");
    for (var file : Repo.files(repo.root().resolve("exercises/hints"), "*")) {
      if (!exercises.containsKey(file.getFileName().toString().replaceFirst("\\.adoc$", ""))) {
        broken(repo.name(file) + " belongs to no exercise");
      }
    }
  }

  private void solutions() throws IOException {
    for (var file : below("solutions/accepted", ".java")) claimed(file, "solutions/accepted");
    var rejected = repo.root().resolve("solutions/rejected");
    for (var folder : Repo.files(rejected, "*")) {
      if (!exercises.containsKey(folder.getFileName().toString())) {
        broken(repo.name(folder) + " belongs to no exercise");
      }
    }
    for (var exercise : exercises.values()) {
      var folders = Repo.files(rejected.resolve(exercise.id()), "*");
      if (folders.size() < REJECTED_AT_LEAST) {
        broken("exercise " + exercise.id() + " has " + folders.size() + " rejected solutions");
      }
      var fileName = exercise.file().substring(exercise.file().indexOf('/') + 1);
      for (var folder : folders) wanted(repo.name(folder) + "/" + fileName);
    }
  }

  private void shortNames() throws IOException {
    var aliases = Catalog.aliases(repo);
    aliases.forEach((alias, script) -> {
      wanted(script);
      if (alias.matches("\\d\\d") && !lessons.containsKey(alias))
        broken("alias " + alias + " is no lesson");
    });
    lessons.forEach((number, file) -> {
      if (!repo.name(file).equals(aliases.get(number)))
        broken("alias " + number + " is not " + repo.name(file));
    });
    for (var guide : List.of("README.adoc", "CONTRIBUTING.adoc", "docs/chapters/index.adoc")) {
      Pattern.compile("\\./jbang ([a-z]+)")
          .matcher(Files.readString(repo.root().resolve(guide)))
          .results()
          .map(use -> use.group(1))
          .filter(name -> !aliases.containsKey(name))
          .forEach(name -> broken(guide + " names ./jbang " + name + ", which is no alias"));
    }
  }

  private void wanted(String name) {
    if (!Files.exists(repo.root().resolve(name))) broken(name + " is missing");
  }

  private void claimed(Path file, String folder) {
    var name = repo.name(file).substring(folder.length() + 1);
    if (exercises.values().stream().noneMatch(exercise -> exercise.file().equals(name))) {
      broken(repo.name(file) + " belongs to no exercise");
    }
  }

  private void broken(String line) {
    breaks.add(line);
  }

  private List<Path> below(String folder, String ending) throws IOException {
    try (var files = Files.walk(repo.root().resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static String exercise(String number, int which) {
    return Integer.parseInt(number) + "." + which;
  }

  private static String number(Path file) {
    var name = NUMBERED.matcher(file.getFileName().toString());
    return name.matches() ? name.group(1) : "";
  }
}
