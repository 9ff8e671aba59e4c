package grader;

import java.util.List;

/**
 * What a child JVM left behind.
 *
 * @param events as far as it came
 * @param exitCode of the process
 * @param silent whether it was ended because it told nothing for too long
 * @param before how many checks the same child had started before
 */
record Run(List<Event> events, int exitCode, boolean silent, Output output, int before) {
  /** What was printed while the check with this place in the run, from 1, ran. */
  Printed printed(int check) {
    return output.part(before + check);
  }
}
