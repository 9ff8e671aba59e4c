package book;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/**
 * Lessons as sessions run them: compiled once, and started by a stand-in for ./jbang that wastes no
 * time.
 */
final class Lessons {
  private static final Pattern CALL = Pattern.compile("\\./jbang +(\\S+)");
  private static final Pattern OPTIONS =
      Pattern.compile("^//RUNTIME_OPTIONS (.*)$", Pattern.MULTILINE);

  private final Repo repo;
  private final Path classes;
  private final Map<String, String> aliases;
  private final Map<String, Path> compiled = new HashMap<>();

  /**
   * @param classes an empty folder that the caller will delete
   */
  Lessons(Repo repo, Path classes) throws IOException {
    this.repo = repo;
    this.classes = classes;
    aliases = Catalog.aliases(repo);
  }

  /**
   * Puts into {@code folder} a ./jbang that knows the lessons which the session calls, as it edits
   * them.
   */
  void equip(Path folder, Session session) throws IOException {
    var cases = new StringBuilder();
    for (var name : called(session)) {
      var lesson = lesson(name);
      var source = edited(lesson, session);
      var classPath =
          source == null ? compiled(lesson) : compile(folder.resolve(lesson), lesson, source);
      cases.append("  %s) set -- %s \"$@\" ;;\n".formatted(name, start(lesson, classPath)));
    }
    var script = folder.resolve("jbang");
    Files.writeString(
        script,
        """
        #!/bin/sh
        # Stands in for the real one while sessions are played.
        name=$1; shift
        case $name in
        %s  *) echo "jbang: a session runs lessons only, not $name" >&2; exit 2 ;;
        esac
        exec '%s' "$@"
        """
            .formatted(cases, Path.of(System.getProperty("java.home"), "bin", "java")));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static List<String> called(Session session) {
    return session.lines().stream()
        .filter(line -> line.event() instanceof Session.Event.Run)
        .flatMap(line -> CALL.matcher(line.text()).results())
        .map((MatchResult call) -> call.group(1))
        .distinct()
        .toList();
  }

  /** The file that {@code ./jbang NAME} runs, without its ending. */
  private String lesson(String name) {
    var script = aliases.getOrDefault(name, name);
    if (!script.matches("lessons/(L|inetd/)\\w+\\.java")
        || !Files.exists(repo.root().resolve(script))) {
      throw new BookError("./jbang " + name + " names no lesson: see jbang-catalog.json");
    }
    return script.substring("lessons/".length(), script.length() - ".java".length());
  }

  private String edited(String lesson, Session session) throws IOException {
    var edits = session.edits().stream().filter(edit -> edit.lesson().equals(lesson)).toList();
    if (edits.isEmpty()) return null;
    var source = Files.readString(repo.lesson(lesson));
    for (var edit : edits) source = edit(source, edit);
    return source;
  }

  /** A line that the edit leaves blank goes. */
  static String edit(String source, Session.Edit edit) {
    int at = source.indexOf(edit.before());
    if (at < 0 || source.indexOf(edit.before(), at + 1) >= 0) {
      throw new BookError(
          "%s has %s: %s".formatted(edit.lesson(), at < 0 ? "no" : "more than one", edit.before()));
    }
    var lines = new ArrayList<String>();
    for (var line : source.lines().toList()) {
      var changed = line.replace(edit.before(), edit.after());
      if (changed.equals(line) || !changed.isBlank()) lines.add(changed);
    }
    return String.join("\n", lines) + "\n";
  }

  private synchronized Path compiled(String lesson) throws IOException {
    if (!compiled.containsKey(lesson)) {
      var source = Files.readString(repo.lesson(lesson));
      compiled.put(lesson, compile(classes.resolve(lesson), lesson, source));
    }
    return compiled.get(lesson);
  }

  private static Path compile(Path folder, String lesson, String source) throws IOException {
    var file = folder.resolve(lesson + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
    var messages = new StringWriter();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var options = List.of("-d", folder.toString(), "-proc:none");
      var task =
          compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(file));
      if (!task.call()) throw new BookError(lesson + " does not compile:\n" + messages);
    }
    return folder;
  }

  /**
   * Everything after {@code java}: like JBang's own launcher, but told that a small program starts.
   */
  private String start(String lesson, Path classPath) throws IOException {
    var options = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    options.addAll(List.of("-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8"));
    OPTIONS
        .matcher(Files.readString(repo.lesson(lesson)))
        .results()
        .forEach(line -> options.addAll(List.of(line.group(1).split(" +"))));
    return "%s -cp '%s' %s".formatted(String.join(" ", options), classPath, className(lesson));
  }

  private static String className(String lesson) {
    return lesson.substring(lesson.lastIndexOf('/') + 1);
  }
}
