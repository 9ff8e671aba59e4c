package grader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps that a real answer produces only by luck. The others come from real ones. */
class WaitingTest {
  @TempDir Path root;
  private Waiting waiting;

  @BeforeEach
  void answer() {
    var fake = new FakeWorkbook(root);
    var answer = Source.read(fake.answer(FakeWorkbook.accepted()));
    waiting = new Waiting(new Wording(fake.task(), answer));
  }

  @Test
  void noThreadIsInTheAnswer() {
    var dump =
        """
        #30 "junit-timeout-thread-1" WAITING 2026-01-01T00:00:00Z
            at java.base/java.lang.Object.wait0(Native Method)
            at java.base/java.lang.Thread.join(Thread.java:1)
            at ch01.GreetingTest.name(GreetingTest.java:22)
        """;

    assertThat(explain(dump, Map.of()))
        .isEqualTo(
            "After 5 s the check still waits, at GreetingTest.java:22, and no thread is in your"
                + " code: what it waits for was not done.");
  }

  @Test
  void checksOwnThreadComesFirst() {
    var dump =
        """
        #29 "other" WAITING 2026-01-01T00:00:00Z
            at java.base/java.lang.Thread.join(Thread.java:1)
            at ch01.Greeting.line(Greeting.java:7)

        #30 "junit-timeout-thread-1" WAITING 2026-01-01T00:00:00Z
            at java.base/java.util.concurrent.FutureTask.get(FutureTask.java:1)
            at ch01.Greeting.line(Greeting.java:6)
        """;

    assertThat(explain(dump, Map.of()))
        .containsSubsequence("Greeting.java:6 still waits in get()", "Greeting.java:7 still waits");
  }

  @Test
  void circleOfThree() {
    var dump =
        """
        #1 "a" BLOCKED 2026-01-01T00:00:00Z
            at ch01.Greeting.line(Greeting.java:6)
            - waiting to lock <java.lang.Object@2>
            - locked <java.lang.Object@1>

        #2 "b" virtual BLOCKED 2026-01-01T00:00:00Z
            at ch01.Greeting.line(Greeting.java:6)
            - waiting to lock <java.lang.Object@3>
            - locked <java.lang.Object@2>

        #3 "c" BLOCKED 2026-01-01T00:00:00Z
            at ch01.Greeting.line(Greeting.java:6)
            - waiting to lock <java.lang.Object@1>
            - locked <java.lang.Object@3>
        """;

    assertThat(explain(dump, Map.of()))
        .contains("A deadlock: 3 threads wait for each other in a circle.")
        .contains("waits for a lock that \"c\" holds");
  }

  @Test
  void lockThatSomeoneHoldsIsNoCircle() {
    var dump =
        """
        #30 "a" BLOCKED 2026-01-01T00:00:00Z
            at ch01.Greeting.line(Greeting.java:6)
            - waiting to lock <java.lang.Object@2>

        #31 "b" RUNNABLE 2026-01-01T00:00:00Z
            at ch01.Greeting.line(Greeting.java:7)
            - locked <java.lang.Object@2>
        """;

    assertThat(explain(dump, Map.of(31L, 90L)))
        .contains("waits to enter a synchronized block that another thread is in")
        .contains("Still running after 5 s, at Greeting.java:7")
        .doesNotContain("deadlock");
  }

  private String explain(String dump, Map<Long, Long> cpuMillis) {
    var stacks = new Event.Stacks(dump, 30, cpuMillis, Map.of());
    return String.join("\n", waiting.explain(new Event.Hung("name", 5_000, stacks)));
  }
}
