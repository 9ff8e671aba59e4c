package grader;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a test class as the checks of one exercise.
 *
 * <p>Its {@link Check} methods run in the order of their steps. Each has five seconds unless it
 * carries a {@link Timeout} of its own, on a thread of its own, so that a blocked call or an
 * endless loop fails one check and not the run.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@TestMethodOrder(ByStep.class)
@DisplayNameGeneration(CheckNames.class)
@ExtendWith(AtTimeout.class)
@Timeout(value = 5, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
public @interface Exercise {
  /** Chapter and number, as in {@code 1.2}. */
  String id();

  /** What the learner builds, in a few words. */
  String title();

  /** The learner's file, relative to the folder of answers: {@code ch01/Reply.java}. */
  String file();

  /** From 1, a first step, to 3, a stretch. */
  int level();

  /** How long it takes someone who has read the chapter. */
  int minutes();
}
