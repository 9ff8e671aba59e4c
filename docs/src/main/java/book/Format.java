///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS com.google.googlejavaformat:google-java-format:2.0.0
//SOURCES BookError.java
//SOURCES Repo.java
//RUNTIME_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.api=ALL-UNNAMED
//RUNTIME_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.code=ALL-UNNAMED
//RUNTIME_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED
//RUNTIME_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.parser=ALL-UNNAMED
//RUNTIME_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.tree=ALL-UNNAMED
//RUNTIME_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.util=ALL-UNNAMED
//RUNTIME_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
//DESCRIPTION Lays out the Java files of this project
package book;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Lays out every Java file the way google-java-format does, but for the lessons: those are set by
 * hand, for the page, and keep to a few rules.
 */
public final class Format {
  private static final int COLUMNS = 100;

  private Format() {}

  public static void main(String... args) throws IOException {
    if (args.length > 0) {
      System.err.println("usage: ./jbang format");
      System.exit(2);
    }
    try {
      var repo = Repo.here();
      for (var file : changed(repo)) {
        Files.writeString(file, formatted(Files.readString(file)));
        IO.println("laid out " + repo.name(file));
      }
      var problems = lessonProblems(repo);
      problems.forEach(System.err::println);
      System.exit(problems.isEmpty() ? 0 : 1);
    } catch (BookError e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  /** The files that are not laid out as they should be. */
  static List<Path> changed(Repo repo) throws IOException {
    var changed = new ArrayList<Path>();
    for (var file : javaFiles(repo)) {
      if (isLesson(repo, file)) continue;
      var source = Files.readString(file);
      try {
        if (!formatted(source).equals(source)) changed.add(file);
      } catch (BookError e) {
        throw new BookError(repo.name(file) + ": " + e.getMessage());
      }
    }
    return changed;
  }

  /** A script's head is left alone: //DEPS with a blank after the slashes would be a remark. */
  static String formatted(String source) {
    int body = 0;
    if (source.startsWith("///usr/bin/env jbang")) {
      while (source.startsWith("//", body)) body = source.indexOf('\n', body) + 1;
    }
    try {
      var formatter = new Formatter();
      return source.substring(0, body)
          + formatter.formatSourceAndFixImports(source.substring(body));
    } catch (FormatterException e) {
      throw new BookError("is not Java: " + e.getMessage().strip());
    }
  }

  /** Where lessons break their rules, one line each. */
  static List<String> lessonProblems(Repo repo) throws IOException {
    var problems = new ArrayList<String>();
    for (var file : Repo.files(repo.lessons(), "L*.java")) {
      problems.addAll(lessonProblems(repo.name(file), Files.readString(file)));
    }
    return problems;
  }

  static List<String> lessonProblems(String name, String source) {
    var problems = new ArrayList<String>();
    var lines = source.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      var place = name + ":" + (i + 1) + ": ";
      var line = lines[i];
      int columns = line.codePointCount(0, line.length());
      if (columns > COLUMNS) problems.add(place + columns + " columns, more than " + COLUMNS);
      if (line.contains("\t")) problems.add(place + "a tab");
      if (line.endsWith("\r")) problems.add(place + "ends with CR LF");
      else if (!line.equals(line.stripTrailing())) problems.add(place + "blanks at the end");
    }
    if (!source.endsWith("\n"))
      problems.add(name + ":" + lines.length + ": no line feed at the end");
    return problems;
  }

  private static boolean isLesson(Repo repo, Path file) {
    return file.getParent().equals(repo.lessons()) && file.getFileName().toString().startsWith("L");
  }

  /** All that are ours: not what a build made, nor what a learner writes. */
  private static List<Path> javaFiles(Repo repo) throws IOException {
    var found = new ArrayList<Path>();
    var learners = repo.root().resolve("exercises/mine");
    Files.walkFileTree(
        repo.root(),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            var name = folder.getFileName().toString();
            boolean foreign =
                folder.equals(learners) || name.equals("target") || name.startsWith(".");
            return foreign && !folder.equals(repo.root())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) found.add(file);
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(null);
    return found;
  }
}
