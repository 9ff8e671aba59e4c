package grader;

import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGenerator;

/** Shows a check by the behaviour it wants, in an IDE and in Maven's reports too. */
final class CheckNames extends DisplayNameGenerator.Standard {
  @Override
  public String generateDisplayNameForClass(Class<?> checks) {
    var exercise = checks.getAnnotation(Exercise.class);
    return exercise.id() + " " + exercise.title();
  }

  @Override
  public String generateDisplayNameForMethod(
      List<Class<?>> enclosing, Class<?> checks, Method method) {
    var check = method.getAnnotation(Check.class);
    return check == null ? method.getName() : check.value();
  }
}
