///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.asciidoctor:asciidoctorj:3.0.1
//DEPS org.jsoup:jsoup:1.24.1
//DEPS info.picocli:picocli:4.7.7
//RUNTIME_OPTIONS --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
//RUNTIME_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
//DESCRIPTION Builds the book; plays and records its terminal sessions
package book;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The book's command line. */
@Command(
    name = "book",
    description = "Builds the book.",
    mixinStandardHelpOptions = true,
    subcommands = SessionsCommand.class)
public final class Book {
  private Book() {}

  public static void main(String... args) {
    System.exit(
        new CommandLine(new Book())
            .setExecutionExceptionHandler(
                (e, commandLine, _) -> {
                  if (!(e instanceof BookError)) throw e;
                  commandLine.getErr().println(e.getMessage());
                  return 1;
                })
            .execute(args));
  }
}
