// Believes: two streams are read one after the other.
// Rejected by: SupervisorTest "reads all that a child says"
package ch18;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

public final class Supervisor implements AutoCloseable {
  public static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  public static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  public static final Duration GRACE = Duration.ofMillis(500);

  public interface Log {
    void started(long pid);

    void said(long pid, String line);

    void ended(long pid, int exitCode);
  }

  public interface Pauses {
    void pause(Duration length) throws InterruptedException;
  }

  private final int children;
  private final List<String> command;
  private final Pauses pauses;
  private final Log log;
  private final List<Process> running = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private boolean closed;

  public Supervisor(int children, List<String> command, Pauses pauses, Log log) {
    this.children = children;
    this.command = command;
    this.pauses = pauses;
    this.log = log;
  }

  public void start() {
    for (int i = 0; i < children; i++) {
      int worker = i;
      threads.add(Thread.startVirtualThread(() -> loop(worker)));
    }
  }

  private void loop(int worker) {
    var pause = FIRST_PAUSE;
    try {
      while (true) {
        var child = begin(worker);
        if (child == null) return;
        int code = watch(child);
        log.ended(child.pid(), code);
        if (code == 0) pause = FIRST_PAUSE;
        pauses.pause(pause);
        pause = pause.multipliedBy(2);
        if (pause.compareTo(LONGEST_PAUSE) > 0) pause = LONGEST_PAUSE;
      }
    } catch (IOException | InterruptedException over) {
      // closed meanwhile
    }
  }

  private synchronized Process begin(int worker) throws IOException {
    if (closed) return null;
    var builder = new ProcessBuilder(command);
    builder.environment().put("WORKER", "" + worker);
    var child = builder.start();
    running.add(child);
    log.started(child.pid());
    return child;
  }

  private int watch(Process child) throws IOException, InterruptedException {
    for (var stream : List.of(child.inputReader(), child.errorReader())) {
      for (String line; (line = stream.readLine()) != null; ) log.said(child.pid(), line);
    }
    return child.waitFor();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    for (var child : running) child.toHandle().destroy();
    for (var child : running) {
      try {
        if (!child.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
          child.toHandle().destroyForcibly();
        }
      } catch (InterruptedException hurry) {
        child.toHandle().destroyForcibly();
      }
    }
    threads.forEach(Thread::interrupt);
  }
}
