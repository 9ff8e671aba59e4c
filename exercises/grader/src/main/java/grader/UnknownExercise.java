package grader;

/** Asked for an exercise that the workbook does not have. Its message names those that it has. */
public final class UnknownExercise extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  UnknownExercise(String message) {
    super(message);
  }
}
