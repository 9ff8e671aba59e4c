import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A test for each of many that mostly wait: they wait together, and each has its own verdict. */
final class SideBySide {
  interface Check<T> {
    void of(T each) throws Exception;
  }

  private SideBySide() {}

  static <T> Stream<DynamicTest> tests(Stream<T> all, ExecutorService threads, Check<T> check) {
    var begun = all.map(each -> begin(each, threads, check)).toList();
    return begun.stream();
  }

  private static <T> DynamicTest begin(T each, ExecutorService threads, Check<T> check) {
    var verdict =
        threads.submit(() -> {
          check.of(each);
          return null;
        });
    return dynamicTest(each.toString(), () -> await(verdict));
  }

  private static void await(Future<?> verdict) throws Throwable {
    try {
      verdict.get();
    } catch (ExecutionException failed) {
      throw failed.getCause();
    }
  }
}
