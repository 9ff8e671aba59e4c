package grader;

import static java.util.Comparator.comparingInt;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;

/** Runs the checks of an exercise in the order of their steps. */
final class ByStep implements MethodOrderer {
  @Override
  public void orderMethods(MethodOrdererContext context) {
    context
        .getMethodDescriptors()
        .sort(comparingInt(check -> check.findAnnotation(Check.class).map(Check::step).orElse(0)));
  }
}
