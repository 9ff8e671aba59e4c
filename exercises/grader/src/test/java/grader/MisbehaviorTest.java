package grader;

import static grader.FakeWorkbook.greeting;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whatever an answer does, there is a verdict, and it says what happened. */
@Tag("all") // each has a child of its own; GradingTest has one of most kinds
class MisbehaviorTest {
  @TempDir Path root;

  /** It does not come back. */
  @Nested
  @Execution(ExecutionMode.CONCURRENT)
  class Hangs {
    @Test
    void endlessLoop() {
      fake = hasty();
      var verdict =
          fake.grade(
              greeting(
                  """
                      int n = 0;
                      while (!host.isEmpty()) {
                        n++;
                      }
                      return "";
                  """));

      assertThat(first(verdict, Outcome.Kind.HUNG))
          .containsPattern("Still running after 1 s, at Greeting\\.java:[78]: a loop")
          .containsPattern("[78] \\| (while|n\\+\\+)");
      restNotReached(verdict);
    }

    @Test
    void readAtTheEndOfAStreamAgainAndAgain() {
      fake = hasty();
      var verdict =
          fake.grade(
              greeting(
                  """
                      var in = java.io.InputStream.nullInputStream();
                      try {
                        while (in.read() != '\\n') {}
                      } catch (java.io.IOException e) {
                      }
                      return "";
                  """));

      assertThat(first(verdict, Outcome.Kind.HUNG)).contains("Greeting.java:8");
    }

    @Test
    void finiteLoopThatPrintsIsNoTrouble() {
      var verdict =
          fake.grade(
              greeting(
                  """
                      long n = 0;
                      for (int i = 0; i < 10_000_000; i++) n += i;
                      System.out.println(n);
                      if (host.contains("\\r")) throw new IllegalArgumentException();
                      return "EHLO " + host + "\\r\\n";
                  """));

      assertThat(verdict.passed()).isTrue();
    }

    @Test
    void acceptWithoutAClient() {
      assertThat(
              hung(
                  """
                      try (var listener = new java.net.ServerSocket(0)) {
                        return "" + listener.accept();
                      } catch (java.io.IOException e) {
                        return "";
                      }
                  """))
          .contains(
              "After 1 s, Greeting.java:7 still waits in accept() for a client that never comes.")
          .contains("    7 | return \"\" + listener.accept();");
    }

    @Test
    void readFromAPeerThatIsSilent() {
      assertThat(
              hung(
                  """
                      try (var listener = new java.net.ServerSocket(0);
                          var client = new java.net.Socket("localhost", listener.getLocalPort())) {
                        return "" + client.getInputStream().read();
                      } catch (java.io.IOException e) {
                        return "";
                      }
                  """))
          .contains("Greeting.java:8 still waits in read() for bytes that never come.");
    }

    @Test
    void readOnAVirtualThread() {
      assertThat(
              hung(
                  """
                      try (var listener = java.nio.channels.ServerSocketChannel.open()) {
                        listener.bind(null);
                        Thread.ofVirtual().start(() -> accept(listener)).join();
                      } catch (Exception e) {
                      }
                      return "";
                  """,
                  """
                    static void accept(java.nio.channels.ServerSocketChannel listener) {
                      try {
                        listener.accept();
                      } catch (java.io.IOException e) {
                      }
                    }
                  """))
          .contains("Greeting.java:8 still waits in join() for a thread that does not end.")
          .contains("Greeting.java:15 still waits in accept() for a client that never comes.");
    }

    @Test
    void deadlockOfTwoMonitors() {
      assertThat(
              hung(
                  """
                      var one = new Thread(() -> both(A, B), "one");
                      var two = new Thread(() -> both(B, A), "two");
                      one.start();
                      two.start();
                      try {
                        one.join();
                      } catch (InterruptedException e) {
                      }
                      return "";
                  """,
                  """
                    static final Object A = new Object();
                    static final Object B = new Object();
                    static final java.util.concurrent.CountDownLatch READY = new java.util.concurrent.CountDownLatch(2);

                    static void both(Object first, Object second) {
                      synchronized (first) {
                        READY.countDown();
                        try {
                          READY.await();
                        } catch (InterruptedException e) {
                        }
                        synchronized (second) {
                          READY.countDown();
                        }
                      }
                    }
                  """))
          .contains("A deadlock: two threads wait for each other.")
          .contains("\"one\", at Greeting.java:27, waits for a lock that \"two\" holds")
          .contains("\"two\", at Greeting.java:27, waits for a lock that \"one\" holds")
          .contains("27 | synchronized (second) {");
    }

    @Test
    void deadlockOfTwoLocks() {
      assertThat(
              hung(
                  """
                      var one = new Thread(() -> both(A, B), "one");
                      one.start();
                      both(B, A);
                      return "";
                  """,
                  """
                    static final java.util.concurrent.locks.Lock A = new java.util.concurrent.locks.ReentrantLock();
                    static final java.util.concurrent.locks.Lock B = new java.util.concurrent.locks.ReentrantLock();
                    static final java.util.concurrent.CountDownLatch READY = new java.util.concurrent.CountDownLatch(2);

                    static void both(java.util.concurrent.locks.Lock first, java.util.concurrent.locks.Lock second) {
                      first.lock();
                      READY.countDown();
                      try {
                        READY.await();
                      } catch (InterruptedException e) {
                      }
                      second.lock();
                    }
                  """))
          .contains("A deadlock: two threads wait for each other.")
          .contains("at Greeting.java:22, waits for a lock that \"one\" holds");
    }

    @Test
    void threadThatDiedIsMentioned() {
      assertThat(
              hung(
                  """
                      var done = new java.util.concurrent.CountDownLatch(1);
                      new Thread(() -> {
                        if (done.getCount() > 0) throw new IllegalStateException("no greeting");
                        done.countDown();
                      }, "greeter").start();
                      try {
                        done.await();
                      } catch (InterruptedException e) {
                      }
                      return "";
                  """))
          .contains("Greeting.java:12 still waits in await() for another thread.")
          .contains("the thread \"greeter\" ended with IllegalStateException: no greeting")
          .contains("Greeting.java:8");
    }

    @Test
    void frozenBeyondTheReachOfTimeouts() {
      fake = hasty();
      // The shutdown waits for ever for its own hook, and takes every exit with it.
      var text =
          greeting(
              """
                  Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    while (true) {}
                  }));
                  new Thread(() -> System.exit(0)).start();
                  while (true) {}
              """);
      var grading = new Grading(fake.workbook(), root, Duration.ofSeconds(2));

      var verdict = grading.grade(fake.task(), fake.answer(text));

      assertThat(verdict.passed()).isFalse();
      assertThat(verdict.points()).isZero();
    }
  }

  /** It ends the JVM. */
  @Nested
  @Execution(ExecutionMode.CONCURRENT)
  class Ends {
    @Test
    void exit() {
      var verdict =
          fake.grade(
              greeting(
                  """
                      if (host.startsWith("mx")) return "EHLO mx.example";
                      System.exit(3);
                      return "";
                  """));

      assertThat(verdict.points()).isEqualTo(5);
      assertThat(first(verdict, Outcome.Kind.ENDED))
          .contains(
              "Greeting.java:7 calls exit, with code 3, in the middle of this check.",
              "    7 | System.exit(3);");
      assertThat(verdict.firstFailure().orElseThrow().name()).isEqualTo("ends the line with CR LF");
    }

    @Test
    void exitWithCodeZeroPassesNothing() {
      var verdict = fake.grade(greeting("    System.exit(0);\n    return \"\";"));

      assertThat(verdict.points()).isZero();
      assertThat(first(verdict, Outcome.Kind.ENDED)).contains("with code 0");
    }

    @Test
    void exitFromAnotherThread() {
      assertThat(
              first(
                  fake.grade(
                      greeting(
                          """
                              var other = new Thread(() -> System.exit(1));
                              other.start();
                              try {
                                other.join();
                              } catch (InterruptedException e) {
                              }
                              return "";
                          """)),
                  Outcome.Kind.ENDED))
          .contains("Greeting.java:6 calls exit, with code 1");
    }

    @Test
    void halt() {
      assertThat(
              first(
                  fake.grade(greeting("    Runtime.getRuntime().halt(4);\n    return \"\";")),
                  Outcome.Kind.ENDED))
          .contains("ended with code 4 in the middle of this check")
          .contains("Greeting.java:6 calls halt, which ends it at once.");
    }

    @Test
    void killedFromOutside() {
      assertThat(
              first(
                  fake.grade(
                      greeting(
                          """
                              try {
                                long us = ProcessHandle.current().pid();
                                new ProcessBuilder("kill", "-9", "" + us).start().waitFor();
                                Thread.currentThread().join();
                              } catch (Exception e) {
                              }
                              return "";
                          """)),
                  Outcome.Kind.ENDED))
          .contains("was killed by signal 9 in the middle of this check");
    }
  }

  /** It leaves something behind. */
  @Nested
  @Execution(ExecutionMode.CONCURRENT)
  class Leaves {
    @Test
    void leakedThread() {
      var verdict =
          fake.grade(
              greeting(
                  """
                      new Thread(Greeting::serve, "server").start();
                      return "EHLO " + host + "\\r\\n";
                  """,
                  """
                    static void serve() {
                      try (var listener = new java.net.ServerSocket(0)) {
                        listener.accept();
                      } catch (java.io.IOException e) {
                      }
                    }
                  """));

      assertThat(verdict.points()).isZero();
      assertThat(first(verdict, Outcome.Kind.LEAKED))
          .contains(
              "The thread \"server\" goes on after the check: Greeting.java:11 waits in accept()");
    }

    @Test
    void leakedExecutor() {
      var verdict =
          fake.grade(
              greeting(
                  """
                      java.util.concurrent.Executors.newFixedThreadPool(2).execute(() -> {});
                      return "EHLO " + host + "\\r\\n";
                  """));

      assertThat(first(verdict, Outcome.Kind.LEAKED))
          .contains("\"pool-1-thread-1\"")
          .contains("waits for work, in an executor that nobody has closed");
    }

    @Test
    void threadThatEndsOrIsADaemonIsNoLeak() {
      var verdict =
          fake.grade(
              greeting(
                  """
                      new Thread(() -> {}).start();
                      Thread.ofPlatform().daemon().start(() -> {
                        while (true) java.util.concurrent.locks.LockSupport.park();
                      });
                      if (host.contains("\\r")) throw new IllegalArgumentException();
                      return "EHLO " + host + "\\r\\n";
                  """));

      assertThat(verdict.passed()).isTrue();
    }

    @Test
    void processesOfAnAnswerAreEnded() {
      var verdict =
          fake.grade(
              greeting(
                  """
                      try {
                        var left = new ProcessBuilder("sleep", "600").start();
                        return "" + left.pid();
                      } catch (java.io.IOException e) {
                        return "";
                      }
                  """));

      var got = ((Outcome.Wrong) verdict.firstFailure().orElseThrow().outcome()).got();
      var process = ProcessHandle.of(Long.parseLong(got));
      assertThat(process.map(ProcessHandle::isAlive).orElse(false)).isFalse();
    }
  }

  /** It prints. */
  @Nested
  @Execution(ExecutionMode.CONCURRENT)
  class Prints {
    @Test
    void hundredMegabytesOfOutput() {
      var verdict =
          fake.grade(
              greeting(
                  """
                      var line = "x".repeat(1023) + "\\n";
                      if (host.startsWith("lib")) {
                        System.out.println("the first line");
                        for (int i = 0; i < 100 * 1024; i++) System.out.print(line);
                      }
                      return "EHLO " + host;
                  """));

      assertThat(verdict.firstFailure().orElseThrow().name()).isEqualTo("ends the line with CR LF");
      assertThat(verdict.printed().bytes()).isEqualTo(100 * 1024 * 1024 + 15);
      assertThat(verdict.printed().start())
          .startsWith("the first line\nxxx")
          .hasSizeLessThan(20_000);
    }

    @Test
    void outputIsThatOfTheFailingCheck() {
      var verdict =
          fake.grade(
              greeting(
                  """
                      System.err.println("asked for " + host);
                      return "EHLO " + host;
                  """));

      assertThat(verdict.printed().start()).isEqualTo("asked for lib.example\n");
    }

    @Test
    void outputThatLooksLikeOursIsOnlyOutput() {
      var verdict =
          fake.grade(
              greeting(
                  """
                      System.out.print("\\0passed\\n\\0\\0");
                      return "";
                  """));

      assertThat(verdict.points()).isZero();
      assertThat(verdict.printed().start()).isEqualTo("\0passed\n\0\0");
    }

    @Test
    void closedOutputIsNoTrouble() {
      var verdict =
          fake.grade(
              greeting(
                  """
                      System.out.close();
                      System.err.close();
                      return "EHLO " + host;
                  """));

      assertThat(verdict.points()).isEqualTo(5);
    }
  }

  /** It throws. */
  @Nested
  @Execution(ExecutionMode.CONCURRENT)
  class Throws {
    @Test
    void methodThatCallsItself() {
      assertThat(
              first(
                  fake.grade(greeting("    return line(host + \".\").strip();")),
                  Outcome.Kind.THREW))
          .contains(
              "Greeting.line calls itself without end, at Greeting.java:6, until the stack is"
                  + " full.");
    }

    @Test
    void methodsThatCallEachOther() {
      assertThat(
              first(
                  fake.grade(
                      greeting(
                          "    return other(host);",
                          "  static String other(String host) {\n    return line(host);\n  }")),
                  Outcome.Kind.THREW))
          .contains("Greeting.other")
          .contains("Greeting.line")
          .contains("call each other without end");
    }

    @Test
    void outOfMemory() {
      assertThat(
              first(
                  fake.grade(
                      greeting(
                          "    while (true) ALL.add(new byte[1 << 20]);",
                          "  static final java.util.List<byte[]> ALL = new"
                              + " java.util.ArrayList<>();")),
                  Outcome.Kind.THREW))
          .contains("Out of memory")
          .contains("256 MB")
          .contains("Greeting.java:6");
    }

    @Test
    void staticInitializer() {
      var verdict =
          fake.grade(
              greeting(
                  "    return \"\";", "  static final int PORT = Integer.parseInt(\"smtp\");"));

      assertThat(first(verdict, Outcome.Kind.THREW))
          .contains("The class cannot be loaded: one of its static fields")
          .contains("Greeting.java:8 throws NumberFormatException")
          .contains("8 | static final int PORT");
      assertThat(verdict.steps().getLast().passed()).isFalse();
    }

    @Test
    void exceptionNamesTheLearnersLine() {
      assertThat(
              first(
                  fake.grade(
                      greeting(
                          """
                              String[] words = {"EHLO"};
                              return words[0] + words[1];
                          """)),
                  Outcome.Kind.THREW))
          .isEqualTo(
              """
              Greeting.java:7 throws ArrayIndexOutOfBoundsException: Index 1 out of bounds for length 1
                  7 | return words[0] + words[1];
              An index lies outside. Did less arrive than the code counts on?\
              """);
    }

    @Test
    void exceptionOfALibraryNamesTheLineThatCalledIt() {
      assertThat(
              first(
                  fake.grade(greeting("    return \"\" + Integer.parseInt(host);")),
                  Outcome.Kind.THREW))
          .contains(
              "Greeting.java:6 throws NumberFormatException: For input string: \"mx.example\"")
          .contains("(from Integer.parseInt)");
    }

    @Test
    void todoIsNoWrongException() {
      var verdict =
          fake.grade(
              greeting(
                  """
                      if (!host.contains("\\r")) return "EHLO " + host + "\\r\\n";
                      throw new UnsupportedOperationException("TODO: exercise 1.1");
                  """));

      assertThat(first(verdict, Outcome.Kind.THREW))
          .isEqualTo("Greeting.java:7 is still to do. Write your answer there.");
    }

    @Test
    void otherExceptionThanTheOneWantedNamesItsLine() {
      var verdict =
          fake.grade(
              greeting(
                  """
                      if (host.contains("\\r")) throw new IllegalStateException("no");
                      return "EHLO " + host + "\\r\\n";
                  """));

      assertThat(verdict.points()).isEqualTo(8);
      assertThat(verdict.firstFailure().orElseThrow().explanation())
          .contains("wanted an IllegalArgumentException")
          .contains("got    IllegalStateException: no")
          .contains("It was thrown at Greeting.java:6.\n    6 | if (host");
    }
  }

  private FakeWorkbook fake;

  @BeforeEach
  void workbook() {
    fake = new FakeWorkbook(root);
  }

  /**
   * A workbook for answers that never come back. The time that it gives is the time that we wait.
   */
  private FakeWorkbook hasty() {
    return new FakeWorkbook(root, 1_000);
  }

  private String hung(String body) {
    return hung(body, "");
  }

  private String hung(String body, String members) {
    fake = hasty();
    var verdict = fake.grade(greeting(body, members));
    restNotReached(verdict);
    return first(verdict, Outcome.Kind.HUNG);
  }

  private static String first(Verdict verdict, Outcome.Kind kind) {
    assertThat(verdict.errors()).isEmpty();
    var step = verdict.firstFailure().orElseThrow();
    assertThat(step.outcome()).isInstanceOf(Outcome.Trouble.class);
    assertThat(((Outcome.Trouble) step.outcome()).kind()).isEqualTo(kind);
    return step.explanation();
  }

  private static void restNotReached(Verdict verdict) {
    assertThat(verdict.points()).isZero();
    assertThat(verdict.steps().subList(1, verdict.steps().size()))
        .allMatch(step -> step.outcome() instanceof Outcome.NotReached);
  }
}
