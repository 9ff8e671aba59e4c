package grader;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;

/** One small step of an exercise: a behaviour that the learner's code shows or does not show. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
public @interface Check {
  /** Its place in the order, from 1. The first that fails is the one explained to the learner. */
  int step();

  /** The behaviour it wants, present tense: {@code counts bytes, not characters}. */
  String value();

  int points();

  /** What to read when it fails: {@code chapter 1, "Text and bytes"}. */
  String read();
}
