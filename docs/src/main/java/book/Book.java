///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.asciidoctor:asciidoctorj:3.0.1
//DEPS org.jsoup:jsoup:1.24.1
//DEPS info.picocli:picocli:4.7.7
//DEPS io.github.java-diff-utils:java-diff-utils:4.16
//SOURCES BookBuilder.java
//SOURCES BookError.java
//SOURCES Build.java
//SOURCES Catalog.java
//SOURCES Converter.java
//SOURCES Coverage.java
//SOURCES Diff.java
//SOURCES ExerciseMacro.java
//SOURCES ExerciseText.java
//SOURCES FigureMacro.java
//SOURCES GalleryMacro.java
//SOURCES HintsMacro.java
//SOURCES Layout.java
//SOURCES LessonInclude.java
//SOURCES LessonText.java
//SOURCES Lessons.java
//SOURCES Links.java
//SOURCES Macro.java
//SOURCES Need.java
//SOURCES Page.java
//SOURCES Player.java
//SOURCES PlotMacro.java
//SOURCES Ports.java
//SOURCES Problems.java
//SOURCES Quoting.java
//SOURCES Repo.java
//SOURCES Session.java
//SOURCES SessionMacro.java
//SOURCES SessionsCommand.java
//SOURCES Source.java
//SOURCES Terminal.java
//SOURCES Volatile.java
//SOURCES TimelineMacro.java
//SOURCES Wire.java
//SOURCES ../../../../../exercises/grader/src/main/java/grader/Bytes.java
//SOURCES ../../../../../exercises/grader/src/main/java/wire/*.java
//SOURCES ../../../../../exercises/grader/src/main/java/wire/timeline/*.java
//RUNTIME_OPTIONS --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
//RUNTIME_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
//DESCRIPTION Builds the book; plays and records its terminal sessions
package book;

import java.awt.Desktop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The book's command line. */
@Command(name = "book", description = "Builds the book.", subcommands = SessionsCommand.class)
public final class Book implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this.")
  private boolean help;

  @Option(names = "--open", description = "Open it in the browser.")
  private boolean open;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Where to, if not docs/target/book.")
  private Path output;

  private Book() {}

  @Override
  public Integer call() throws IOException {
    var repo = Repo.here();
    var folder = output == null ? repo.root().resolve("docs/target/book") : output;
    var problems = BookBuilder.build(repo, folder);
    problems.forEach(System.err::println);
    var page = folder.resolve("index.html").toAbsolutePath().normalize();
    IO.println("The book: " + page.toUri());
    if (open) open(page);
    return problems.isEmpty() ? 0 : 1;
  }

  private static void open(Path page) throws IOException {
    if (!Desktop.isDesktopSupported() || !Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
      throw new BookError("No browser can be opened from here: open the address above yourself.");
    }
    Desktop.getDesktop().browse(page.toUri());
  }

  public static void main(String... args) {
    System.exit(
        new CommandLine(new Book())
            .setExecutionExceptionHandler((e, commandLine, _) -> {
              if (!(e instanceof BookError)) throw e;
              commandLine.getErr().println(e.getMessage());
              return 1;
            })
            .execute(args));
  }
}
