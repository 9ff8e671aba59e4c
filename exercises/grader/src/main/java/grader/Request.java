package grader;

import java.nio.file.Path;

/**
 * What the child JVM is asked for: to run the checks of one answer. One line on its standard input.
 *
 * @param mark stands in the output between the checks, so that each has its own part
 * @param classes the folder of the answer's classes and the checks'
 * @param checks the class of the checks
 * @param toTheFirstFailure whether to leave out what comes after it
 */
record Request(String mark, Path classes, String checks, boolean toTheFirstFailure) {
  String line() {
    return String.join("\t", mark, "" + classes, checks, "" + toTheFirstFailure);
  }

  static Request parse(String line) {
    var fields = line.split("\t");
    return new Request(fields[0], Path.of(fields[1]), fields[2], Boolean.parseBoolean(fields[3]));
  }

  /** Where the child tells what it sees. */
  Path events() {
    return classes.resolveSibling(classes.getFileName() + ".events");
  }
}
