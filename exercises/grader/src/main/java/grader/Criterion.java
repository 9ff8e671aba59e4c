package grader;

/**
 * One check as its exercise declares it: what {@link Check} says, and the method that carries it.
 *
 * @param method the name of the check's method
 */
public record Criterion(int step, String name, int points, String read, String method) {}
