package grader;

import java.util.List;

/**
 * What a child JVM left behind.
 *
 * @param events as far as it came
 * @param exitCode of the process
 * @param silent whether it was ended because it told nothing for too long
 */
record Run(List<Event> events, int exitCode, boolean silent, Output output) {}
