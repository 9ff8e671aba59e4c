package grader;

import java.util.List;

/**
 * An exercise, as {@link Exercise} and {@link Check} declare it on its class of checks.
 *
 * @param file the learner's file, relative to a folder of answers: {@code ch01/Reply.java}
 * @param checks the binary name of the class that holds the checks
 * @param criteria in the order of their steps
 */
public record Task(
    String id,
    String title,
    String file,
    int level,
    int minutes,
    String checks,
    List<Criterion> criteria) {

  public int points() {
    return criteria.stream().mapToInt(Criterion::points).sum();
  }

  /** {@code 2} of {@code 2.1}. */
  int chapter() {
    return Integer.parseInt(id.substring(0, id.indexOf('.')));
  }

  /** {@code 1} of {@code 2.1}. */
  int number() {
    return Integer.parseInt(id.substring(id.indexOf('.') + 1));
  }

  /** The package that the checks look in: {@code ch01}. */
  String packageName() {
    return checks.substring(0, checks.lastIndexOf('.'));
  }

  /** The class that the checks call: {@code Reply}. */
  String className() {
    return fileName().replace(".java", "");
  }

  String fileName() {
    return file.substring(file.lastIndexOf('/') + 1);
  }
}
