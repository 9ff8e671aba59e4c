package grader;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The child JVM: runs the checks of one answer and tells the parent what it sees.
 *
 * <p>It starts before the answer is compiled and then waits for a {@link Request} on stdin, so the
 * two go on at the same time. An end of file there means that nothing is to be run. Another line
 * means another answer, for as long as the ones before it have left nothing behind.
 *
 * <p>While it waits it runs its {@link Rehearsal}, and so has loaded what all checks need. Where
 * many answers are graded at once no processor is free for that, and it costs more than it saves.
 */
final class Worker implements TestExecutionListener {
  static final String COLD = "cold";

  private static final Duration GRACE = Duration.ofMillis(500);
  private static final String LIBRARIES = System.getProperty("java.class.path");
  private static volatile boolean running;

  /** Given up when memory runs out, so that there is some to tell of it. */
  private static byte[] reserve = new byte[8 << 20];

  private final PrintStream out;
  private final ObjectOutputStream events;
  private final String mark;
  private final boolean toTheFirstFailure;
  private final CancellationToken rest = CancellationToken.create();
  private Set<Thread> before = Set.of();

  private Worker(PrintStream out, OutputStream events, String mark, boolean toTheFirstFailure)
      throws IOException {
    this.out = out;
    this.events = new ObjectOutputStream(events);
    this.mark = mark;
    this.toTheFirstFailure = toTheFirstFailure;
  }

  /** Whether this JVM is a child; the checks run in an IDE and under Maven too. */
  static boolean isRunning() {
    return running;
  }

  public static void main(String[] args) throws Exception {
    var launcher = LauncherFactory.create();
    var requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    if (!List.of(args).contains(COLD)) rehearse(launcher, requests);
    var own = Threads.alive();
    for (String line; (line = requests.readLine()) != null; ) {
      running = true;
      var asked = Request.parse(line);
      try (var events = Files.newOutputStream(asked.events())) {
        var worker = new Worker(System.out, events, asked.mark(), asked.toTheFirstFailure());
        worker.check(launcher, asked.classes(), asked.checks());
      }
      if (!own.containsAll(Threads.alive())) break;
    }
    if (running) end();
  }

  /**
   * Runs checks that tell nobody, unless the request is there: what is loaded and compiled by then
   * keeps no learner waiting.
   */
  private static void rehearse(Launcher launcher, BufferedReader requests) throws IOException {
    if (requests.ready()) return;
    var nowhere = OutputStream.nullOutputStream();
    new Worker(new PrintStream(nowhere), nowhere, "", false).run(launcher, Rehearsal.class);
    endDescendants();
  }

  private void check(Launcher launcher, Path classes, String checks) throws IOException {
    var exit = new Thread(this::exiting, "junit-at-exit");
    Runtime.getRuntime().addShutdownHook(exit);
    Thread.setDefaultUncaughtExceptionHandler(this::uncaught);
    var loader =
        new URLClassLoader(new URL[] {classes.toUri().toURL()}, Worker.class.getClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
    tell(new Event.Ready());
    // For answers that start a JVM of their own.
    System.setProperty("java.class.path", classes + File.pathSeparator + LIBRARIES);
    try {
      run(launcher, loader.loadClass(checks));
      tell(new Event.Done());
    } catch (Throwable broke) { // an OutOfMemoryError: JUnit passes it on
      reserve = null;
      tellAndEnd(new Event.Broke(Event.Thrown.of(broke)));
    }
    Runtime.getRuntime().removeShutdownHook(exit);
    endDescendants();
  }

  private void run(Launcher launcher, Class<?> checks) {
    launcher.execute(
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(checks))
            .configurationParameter(
                "junit.jupiter.execution.timeout.thread.mode.default", "SEPARATE_THREAD")
            .configurationParameter(
                "junit.jupiter.execution.timeout.lifecycle.method.default", "5 s")
            .forExecution()
            .listeners(this)
            .cancellationToken(rest)
            .build());
  }

  @Override
  public void executionStarted(TestIdentifier check) {
    if (!check.isTest()) return;
    out.print(Output.line(mark));
    out.flush();
    before = Threads.alive();
    Wire.forget();
    tell(new Event.Started(method(check)));
  }

  @Override
  public void executionFinished(TestIdentifier check, TestExecutionResult result) {
    var thrown = result.getThrowable().orElse(null);
    if (!check.isTest()) {
      if (thrown != null) tellAndEnd(new Event.Broke(Event.Thrown.of(thrown)));
      return;
    }
    var method = method(check);
    if (AtTimeout.stacks() != null) {
      crossed(method, Wire.lastExchange("Here the time of this check was up."));
      tellAndEnd(new Event.Hung(method, deadline(check).toMillis(), AtTimeout.stacks()));
    }
    if (thrown != null) crossed(method, exchange(thrown));
    var told = thrown == null ? passed(method) : failed(method, thrown);
    tell(told);
    if (toTheFirstFailure && !(told instanceof Event.Passed)) rest.cancel();
  }

  private void crossed(String method, Exchange exchange) {
    if (exchange != null) tell(new Event.Crossed(method, exchange));
  }

  /** Null if there is nothing to show: no wire, or no answer yet. */
  private static Exchange exchange(Throwable thrown) {
    var exchange = Wire.lastExchange(Exchange.FAILED);
    for (var each = thrown; each != null; each = each.getCause()) {
      if (Wording.isTodo(Event.Thrown.of(each))) return null;
      if (each instanceof WrongAnswer wrong) exchange = wrong.exchange();
    }
    return exchange;
  }

  private Event passed(String method) {
    var left = left();
    if (left.isEmpty()) return new Event.Passed(method);
    var ids = left.stream().map(Thread::threadId).toList();
    return new Event.Leaked(method, ids, Threads.look(0));
  }

  /** The threads that this check has added. Those that are about to end are given the time. */
  private Set<Thread> left() {
    var left = new HashSet<>(Threads.alive());
    left.removeAll(before);
    long end = System.nanoTime() + GRACE.toNanos();
    for (var thread : left) {
      try {
        TimeUnit.NANOSECONDS.timedJoin(thread, end - System.nanoTime());
      } catch (InterruptedException hurried) {
        Thread.currentThread().interrupt();
      }
    }
    left.removeIf(thread -> !thread.isAlive());
    return left;
  }

  private static Event failed(String method, Throwable thrown) {
    for (var each = thrown; each != null; each = each.getCause()) {
      if (each instanceof WrongAnswer wrong) {
        var cause = Event.Thrown.of(wrong.getCause());
        return new Event.Wrong(
            method, wrong.gave(), wrong.wanted(), wrong.got(), wrong.means(), cause);
      }
    }
    return new Event.Threw(method, Event.Thrown.of(thrown));
  }

  private void uncaught(Thread thread, Throwable thrown) {
    reserve = null;
    tell(new Event.Uncaught(thread.getName(), Event.Thrown.of(thrown)));
  }

  private void exiting() {
    tell(new Event.Exit(Threads.look(0)));
    endDescendants();
  }

  private void tell(Event event) {
    synchronized (events) {
      try {
        events.writeUnshared(event);
        events.reset();
        events.flush();
      } catch (IOException noDisk) {
        Runtime.getRuntime().halt(1); // the parent sees that there is no last event
      }
    }
  }

  private void tellAndEnd(Event last) {
    tell(last);
    end();
  }

  /** At once: no hook and no thread of the answer has a say in it. */
  private static void end() {
    endDescendants();
    Runtime.getRuntime().halt(0);
  }

  private static void endDescendants() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }

  private static String method(TestIdentifier check) {
    return check.getSource().map(MethodSource.class::cast).orElseThrow().getMethodName();
  }

  private static Duration deadline(TestIdentifier check) {
    var source = check.getSource().map(MethodSource.class::cast).orElseThrow();
    var own = AnnotationSupport.findAnnotation(source.getJavaMethod(), Timeout.class);
    var timeout =
        own.or(() -> AnnotationSupport.findAnnotation(source.getJavaClass(), Timeout.class));
    return timeout.map(t -> Duration.of(t.value(), t.unit().toChronoUnit())).orElse(Duration.ZERO);
  }
}
