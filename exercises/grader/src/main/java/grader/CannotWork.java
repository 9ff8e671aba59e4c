package grader;

/**
 * The grader itself cannot go on, whatever the answer holds. Its message is one line for the
 * learner.
 */
final class CannotWork extends RuntimeException {
  private static final long serialVersionUID = 1;

  CannotWork(String message) {
    super(message);
  }

  CannotWork(String message, Throwable cause) {
    super(message + ": " + reason(cause), cause);
  }

  private static String reason(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
