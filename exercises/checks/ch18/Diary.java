package ch18;

import grader.Given;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** What a supervisor tells its log, and the pauses that it makes: none lasts until it is let go. */
final class Diary implements Supervisor.Log, Supervisor.Pauses {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final List<String> lines = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final List<ProcessHandle> started = new ArrayList<>();
  private int letGo;
  private int inPause;

  @Override
  public synchronized void started(long pid) {
    ProcessHandle.of(pid).ifPresent(started::add);
    note("started");
  }

  @Override
  public synchronized void said(long pid, String line) {
    note("said " + line);
  }

  @Override
  public synchronized void ended(long pid, int exitCode) {
    note("ended " + exitCode);
  }

  private void note(String line) {
    lines.add(line);
    notifyAll();
  }

  @Override
  public synchronized void pause(Duration length) throws InterruptedException {
    pauses.add(length);
    notifyAll();
    int number = pauses.size();
    inPause++;
    try {
      while (letGo < number) wait();
    } finally {
      inPause--;
    }
  }

  /** Ends the next pause, whether it has begun or not. */
  synchronized void letGo() {
    letGo++;
    notifyAll();
  }

  synchronized int inPause() {
    return inPause;
  }

  synchronized List<Duration> pauses() {
    return List.copyOf(pauses);
  }

  synchronized List<ProcessHandle> started() {
    return List.copyOf(started);
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  synchronized long count(String prefix) {
    return lines.stream().filter(line -> line.startsWith(prefix)).count();
  }

  long running() {
    return started().stream().filter(ProcessHandle::isAlive).count();
  }

  /** Waits until it is so, but not for ever. */
  synchronized void await(Given given, String wanted, Predicate<Diary> isSo, String means)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!isSo.test(this)) {
      long millis = (deadline - System.nanoTime()) / 1_000_000;
      if (millis <= 0) throw given.wrong(wanted, summary(), means);
      wait(millis);
    }
  }

  /** A second supervisor of the same check finds it empty. */
  synchronized void forget() {
    endAll();
    lines.clear();
    pauses.clear();
    started.clear();
    letGo = 0;
  }

  private String summary() {
    var last = lines.subList(Math.max(0, lines.size() - 4), lines.size());
    return "after 3 s: %d started, %d ended, %d pauses; last in the log: %s"
        .formatted(count("started"), count("ended"), pauses.size(), shortened(last.toString()));
  }

  private static String shortened(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200) + "…";
  }

  /** Ends whatever the supervisor has left. */
  void endAll() {
    started().forEach(ProcessHandle::destroyForcibly);
  }
}
