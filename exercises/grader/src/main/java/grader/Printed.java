package grader;

/**
 * Output of an answer, cut to what a terminal can show.
 *
 * @param start its beginning
 * @param bytes how many there were in all
 */
public record Printed(String start, long bytes) {
  static final Printed NOTHING = new Printed("", 0);
}
